package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.core.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder that is started with another backplane than the one its workloads live on. */
class ChangedBackplaneTest {

  @TempDir private Path folder;

  @Test
  void serverIsRefusedWhileWorkloadsLiveElsewhereAndTakesThemOverWhereTheyLive() throws Exception {
    Path data = folder.resolve("data");
    try (TestServer server = TestServer.start("TUTTI_DATA", data.toString())) {
      server.app().images().add(Models.tiny("600"));
      try (Wire wire = server.wire()) {
        wire.publish(
            "/lifecycle/dots-so/mso/here/DeployModels",
            Models.of(Models.model(server.broker(), "here", "lives")).encode());
        wire.await(
            TestServer.SOON, h -> h.on("lifecycle", "mso", "dots-so", "here", "ModelsReady"));
      }
      server.leave();

      assertThatExceptionOfType(Failure.Rejected.class)
          .isThrownBy(() -> startOnDocker(data))
          .withMessageContaining("1 workload that lives on the backplane 'process'")
          .withMessageContaining("which 'docker' does not know")
          .satisfies(refused ->
              assertThat(refused.problem().sentence())
                  .contains("--backplane process", "tutti deployment stop ID"));
      assertThat(data.resolve("docker-mark")).doesNotExist();

      server.comeBack();
      assertThat(server.get("/deployments/dots-so~here~1").get("state").asString())
          .isEqualTo("ready");
      server.send("POST", "/api/v1/deployments/dots-so~here~1/stop", "");
      TestServer.await("it is gone", () -> server.processes().isEmpty());
      TestServer.await(
          "its end is on record",
          () -> server.app().records().deployment("dots-so~here~1").models().running() == 0);
    }
    // Nothing lives: now it is only the engine that is missing.
    assertThatExceptionOfType(Failure.Unavailable.class)
        .isThrownBy(() -> startOnDocker(data))
        .withMessageContaining("The Docker Engine at");
    assertThat(Files.readString(data.resolve("backplane"))).isEqualTo("docker\n");
    try (TestServer back = TestServer.start("TUTTI_DATA", data.toString())) {
      assertThat(back.get("/version").get("backplane").asString()).isEqualTo("process");
    }
    assertThat(Files.readString(data.resolve("backplane"))).isEqualTo("process\n");
  }

  private void startOnDocker(Path data) {
    TestServer.start(
            "TUTTI_DATA",
            data.toString(),
            "TUTTI_BACKPLANE",
            "docker",
            "DOCKER_HOST",
            "unix://" + folder.resolve("nobody.sock"))
        .close();
  }
}
