package dev.tutti.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.cli.FakeServer.Reply;
import dev.tutti.cli.Tutti.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a person who asks why, and what comes of the answer. */
final class InsightTest {
  private static final String MODEL = "dots-so~sim02-abc~1~1-model";

  private final FakeServer server = new FakeServer();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void explanationIsProseForPeople() {
    server.on("GET /models/" + MODEL + "/explain", Reply.recorded("explanation.json"));

    Outcome outcome = Tutti.of(server).run("model", "explain", MODEL);

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(0);
    assertThat(outcome.out()).doesNotContain("\033");
    Golden.check("tables/explain.txt", outcome.out());
  }

  @Test
  void explanationAsJsonIsTheRecord() {
    server
        .on("GET /workloads/w/explain", Reply.recorded("explanation.json"))
        .on("GET /deployments/dots-so~sim~1/explain", Reply.recorded("explanation.json"));

    for (String noun : new String[] {"workload explain w", "deployment explain dots-so~sim~1"}) {
      Outcome outcome = Tutti.of(server).run((noun + " -o json").split(" "));
      assertThat(outcome.status()).as(outcome.err()).isEqualTo(0);
      assertThat(outcome.out()).contains("\"waitingFor\": [", "\"exitCode\": 3");
    }
  }

  @Test
  void stuckOwnersAreListedAndReleased() {
    server
        .on("GET /owners?limit=1000", Reply.recorded("owners.json"))
        .on("POST /owners/deployment%3Adots-so~sim02-abc/retry", Reply.nothing())
        .on("POST /owners/deployment%3Adots-so~sim02-abc/skip", Reply.nothing())
        .on("POST /deployments/dots-so~sim~1/retry", Reply.nothing())
        .on(
            "POST /deployments/dots-so~sim~1/skip",
            Reply.problem(409, "not-stuck", "It is not in quarantine.", null));

    Golden.check("tables/owner-ls.txt", Tutti.of(server).run("owner", "ls").out());
    String owner = "deployment:dots-so~sim02-abc";
    assertThat(Tutti.of(server).run("owner", "retry", owner).out())
        .isEqualTo(owner + " tries again\n");
    assertThat(Tutti.of(server).run("owner", "skip", owner).status()).isEqualTo(0);
    assertThat(Tutti.of(server).run("deployment", "retry", "dots-so~sim~1").out())
        .isEqualTo("dots-so~sim~1 tries again\n");
    Outcome refused = Tutti.of(server).run("deployment", "skip", "dots-so~sim~1");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("not in quarantine");
  }

  @Test
  void orphansAreListedAndAdopted() {
    server
        .on("GET /orphans?limit=1000", Reply.recorded("orphans.json"))
        .on("POST /orphans/sim-1-model-abc/adopt", Reply.nothing())
        .on("POST /workloads/sim-1-model-abc/stop", Reply.nothing());

    Golden.check("tables/orphans.txt", Tutti.of(server).run("workload", "orphans").out());
    Outcome adopted = Tutti.of(server).run("workload", "orphans", "adopt", "sim-1-model-abc");
    assertThat(adopted.status()).as(adopted.err()).isEqualTo(0);
    assertThat(Tutti.of(server).run("workload", "stop", "sim-1-model-abc").status()).isEqualTo(0);
  }

  @Test
  void orphanIsRemovedOnlyByWhoSaysYes() {
    server
        .on("GET /orphans/sim-1-model-abc", Reply.recorded("orphan.json"))
        .on("DELETE /orphans/sim-1-model-abc", Reply.nothing());
    String[] remove = {"workload", "orphans", "remove", "sim-1-model-abc"};
    String[] removeYes = {"workload", "orphans", "remove", "--yes", "sim-1-model-abc"};

    assertThat(Tutti.of(server).run(remove).err()).contains("left alone", "--yes");
    assertThat(Tutti.of(server).terminal(80).typing("n\n").run(remove).status()).isEqualTo(1);
    assertThat(Tutti.of(server).terminal(80).typing("").run(remove).status()).isEqualTo(1);
    assertThat(server.requests()).noneMatch(request -> request.startsWith("DELETE"));

    Outcome yes = Tutti.of(server).terminal(80).typing("y\n").run(remove);
    assertThat(yes.err()).contains("End sim-1-model-abc (fake_model:0.0.1, process 4711)");
    assertThat(yes.status()).isEqualTo(0);
    assertThat(Tutti.of(server).run(removeYes).out()).isEqualTo("sim-1-model-abc is removed\n");
    assertThat(server.requests()).filteredOn(r -> r.startsWith("DELETE")).hasSize(2);
  }

  @Test
  void doctorShowsEveryFindingAndFailsForAnError() {
    server.on("GET /doctor?deep=false", Reply.recorded("doctor.json"));

    Outcome outcome = Tutti.of(server).run("doctor");

    assertThat(outcome.status()).isEqualTo(1);
    Golden.check("tables/doctor.txt", outcome.out().replace(server.address(), "SERVER"));
  }

  @Test
  void doctorIsContentWithWarnings() {
    server.on(
        "GET /doctor?deep=true",
        Reply.json(
            "{\"deep\":true,\"findings\":[{\"check\":\"disk\",\"level\":\"warning\",\"sentence\":\"Little.\",\"advice\":\"\"}]}"));

    Outcome outcome = Tutti.of(server).run("doctor", "--deep", "-o", "json");

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(0);
    assertThat(outcome.out()).contains("\"deep\": true", "\"level\": \"warning\"");
  }

  @Test
  void doctorWithoutAServerChecksWhatItCanSeeFromHere() throws IOException {
    server.close();
    Files.writeString(folder.resolve("token"), "secret");
    Files.writeString(folder.resolve("lock"), ProcessHandle.current().pid() + "\n");

    Outcome outcome =
        Tutti.of(server).without("TUTTI_TOKEN").run("doctor", "--data", folder.toString());

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("error    api", "only what can be seen from here")
        .contains("ok       data-folder", "ok       token")
        .contains("The process " + ProcessHandle.current().pid())
        .contains("warning  api-port", "Nothing listens at 127.0.0.1")
        .contains("broker-port");
  }

  @Test
  void doctorSaysThatTheTokenIsNotAccepted() {
    server.on("GET /doctor?deep=false", Reply.problem(401, "unauthorised", "No.", null));

    Outcome outcome = Tutti.of(server).run("doctor");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).contains("does not accept the token");
  }
}
