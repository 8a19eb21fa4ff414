package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.BackupArchive;
import dev.tutti.api.BackupManifest;
import dev.tutti.cli.TuttiCommand;
import dev.tutti.core.Failure;
import dev.tutti.core.store.Query;
import dev.tutti.models.Deployment;
import dev.tutti.store.DataFolder;
import dev.tutti.store.FileBlobs;
import dev.tutti.store.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was saved from a running server comes back, and only that. */
class BackupTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @TempDir Path folder;

  private static void save(TestServer server, Path file) {
    int status =
        TuttiCommand.tutti(Main.commands())
            .execute(
                "backup",
                file.toString(),
                "--server",
                server.uri("/").toString(),
                "--data",
                server.data().toString());
    assertThat(status).isZero();
  }

  private static void deploy(TestServer server, Wire wire, String simulation) throws Exception {
    wire.publish(
        "/lifecycle/dots-so/mso/" + simulation + "/DeployModels",
        Models.of(Models.model(server.broker(), simulation, "m")).encode());
    wire.await(
        TestServer.SOON, h -> h.on("lifecycle", "mso", "dots-so", simulation, "ModelsReady"));
  }

  /** All files of a folder with what is in them, by their path. */
  private static Map<String, String> content(Path of) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(of)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(of.relativize(file).toString(), BackupArchive.describe("token", file).sha256());
      }
    }
    return content;
  }

  @Test
  void recordsOfTheBackupComeBackAndWhatRunsGoesOn() throws Exception {
    Path file = folder.resolve("tutti.backup");
    try (Mosquitto broker = new Mosquitto();
        TestServer server = TestServer.on(broker);
        Wire wire = server.wire()) {
      server.app().images().add(Models.tiny("600"));
      server.awaitReady();
      deploy(server, wire, "before");
      String token = server.app().token();
      // What containers of the folder are known by, had it any.
      Files.writeString(server.data().resolve("docker-mark"), "0123abcd\n");
      save(server, file);
      deploy(server, wire, "after");
      int running = server.processes().size();
      server.leave();

      Restore.Outcome outcome = new Restore(file, server.data(), true).run(NOW);
      assertThat(outcome.manifest().documents())
          .containsEntry("deployment", 1L)
          .containsEntry("model", 1L);
      assertThat(outcome.aside().orElseThrow().resolve("tutti.db")).isRegularFile();
      assertThat(server.data().resolve("docker-mark")).hasContent("0123abcd\n");
      assertThat(server.data().resolve("backplane")).hasContent("process\n");
      server.comeBack();
      assertThat(server.app().token()).isEqualTo(token);
      assertThat(server.get("/models/dots-so~before~1~m").get("state").asString())
          .isEqualTo("running");
      assertThat(server.send("GET", "/api/v1/deployments/dots-so~after~1", "").statusCode())
          .isEqualTo(404);
      assertThat(server.processes()).hasSize(running);
      assertThat(server.metric("tutti_workload_orphans")).isEqualTo(1);
      server.send("POST", "/api/v1/deployments/dots-so~before~1/stop", "");
      wire.awaitAll("dots-so", "before");
      assertThat(wire.ends("dots-so", "before")).containsExactly("m 0801108f01", "all");
      assertThat(wire.ends("dots-so", "after")).isEmpty();
    }
  }

  @Test
  void folderOfARunningServerIsRefusedAndUntouched() throws Exception {
    Path file = folder.resolve("tutti.backup");
    try (TestServer server = TestServer.start()) {
      save(server, file);
      assertThatThrownBy(() -> new Restore(file, server.data(), true).run(NOW))
          .isInstanceOf(Failure.Rejected.class)
          .hasMessageContaining("in use by the process");
      assertThat(server.get("/version").get("backplane").asString()).isEqualTo("process");
    }
  }

  @Test
  void folderThatIsNotEmptyIsRefusedAndUntouched() throws Exception {
    Path file = folder.resolve("tutti.backup");
    try (TestServer server = TestServer.start()) {
      save(server, file);
      server.leave();
      Map<String, String> before = content(server.data());
      assertThatThrownBy(() -> new Restore(file, server.data(), false).run(NOW))
          .isInstanceOf(Failure.Rejected.class)
          .hasMessageContaining("is not empty")
          .hasMessageContaining("--force");
      before.remove("lock");
      assertThat(content(server.data())).containsAllEntriesOf(before);
      server.comeBack();
    }
  }

  @Test
  void damagedOrNewerBackupIsRefusedBeforeAnythingIsTouched() throws Exception {
    Path file = folder.resolve("tutti.backup");
    try (TestServer server = TestServer.start()) {
      save(server, file);
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Path damaged = Files.write(folder.resolve("damaged"), bytes);
    Path data = folder.resolve("data");
    assertThatThrownBy(() -> new Restore(damaged, data, true).run(NOW))
        .isInstanceOf(Failure.Rejected.class)
        .hasMessageContaining("no usable backup");
    assertThat(data).doesNotExist();

    Path content = Files.createDirectory(folder.resolve("content"));
    BackupManifest manifest = new BackupArchive(file).extract(content);
    Path newer = folder.resolve("newer");
    new BackupArchive(newer)
        .write(
            new BackupManifest("9.0.0", 99, NOW, manifest.documents(), manifest.entries()),
            content);
    assertThatThrownBy(() -> new Restore(newer, data, true).run(NOW))
        .isInstanceOf(Failure.Rejected.class)
        .hasMessageContaining("made by Tutti 9.0.0, which is newer");
    assertThat(data).doesNotExist();

    assertThat(new Restore(file, data, false).run(NOW).aside()).isEmpty();
    assertThat(content(data)).containsKeys("tutti.db", "token");
  }

  @Test
  void restoreThatWasInterruptedKeepsServersAwayUntilItIsDone() throws Exception {
    Path file = folder.resolve("tutti.backup");
    try (TestServer server = TestServer.start()) {
      save(server, file);
    }
    Path data = folder.resolve("data");
    DataFolder half = DataFolder.open(data);
    Files.createFile(data.resolve("restoring"));
    assertThatThrownBy(() -> SqliteStore.open(half))
        .isInstanceOf(Failure.Rejected.class)
        .hasMessageContaining("tutti restore");
    new Restore(file, data, true).run(NOW);
    SqliteStore.open(half).close();
  }

  @Test
  void backupWhileDeploymentsComeAndGoHasEveryRequestThatItsRecordsName() throws Exception {
    try (Mosquitto broker = new Mosquitto();
        TestServer server =
            TestServer.start(
                "MQTT_PORT", String.valueOf(broker.port()), "TUTTI_LIMITS_WORKLOADS", "8");
        Wire wire = server.wire()) {
      server.app().images().add(Models.tiny("0.1"));
      server.awaitReady();
      AtomicBoolean enough = new AtomicBoolean();
      Thread busy =
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; i < 400 && !enough.get(); i++) {
                  try {
                    String simulation = "busy-" + i;
                    wire.publish(
                        "/lifecycle/dots-so/mso/" + simulation + "/DeployModels",
                        Models.of(Models.model(server.broker(), simulation, "m")).encode());
                  } catch (Exception failure) {
                    throw new IllegalStateException(failure);
                  }
                }
              });
      int named = 0;
      for (int i = 0; i < 8; i++) {
        Path file = folder.resolve("backup-" + i);
        save(server, file);
        Path data = folder.resolve("data-" + i);
        new Restore(file, data, false).run(NOW);
        named += requestsNamed(data);
      }
      enough.set(true);
      busy.join();
      assertThat(named).isPositive();
      try (Stream<Path> left = Files.list(server.data())) {
        assertThat(left.map(p -> p.getFileName().toString()).filter(n -> n.startsWith(".")))
            .isEmpty();
      }
    }
  }

  /** How many requests the records name; each of them has to be there. */
  private static int requestsNamed(Path data) {
    DataFolder folder = DataFolder.open(data);
    FileBlobs blobs = FileBlobs.open(folder);
    try (SqliteStore store = SqliteStore.open(folder)) {
      List<String> named =
          store.page(Deployment.KIND, Query.all()).bodies().stream()
              .filter(deployment -> deployment.state().alive())
              .map(Deployment::blob)
              .filter(blob -> !blob.isEmpty())
              .toList();
      assertThat(blobs.list()).containsAll(named);
      return named.size();
    }
  }
}
