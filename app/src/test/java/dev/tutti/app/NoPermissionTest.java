package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server whose data folder belongs to somebody else, from the start or from one moment on. Only
 * permissions are taken away: without the privileges of root they hold for everybody.
 */
class NoPermissionTest {

  private static final Set<PosixFilePermission> NONE = PosixFilePermissions.fromString("---------");

  @TempDir Path temp;

  private Program server() throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("TUTTI_DATA", temp.resolve("data").toString());
    environment.put("TUTTI_API_PORT", "0");
    environment.put("MQTT_HOST", "127.0.0.1");
    environment.put("MQTT_PORT", "0");
    environment.put("MQTT_USERNAME", "dots");
    environment.put("MQTT_PASSWORD", "dotspass");
    return Program.withoutPrivileges(temp, environment, Main.class, "server");
  }

  private String refusal() throws IOException, InterruptedException {
    try (Program server = server()) {
      assertThat(server.awaitEnd()).as(server.output()).isEqualTo(1);
      return server.output();
    }
  }

  @Test
  void serverThatMayNotUseItsDataFolderSaysWhoMayAndWhatToDo() throws Exception {
    Path data = temp.resolve("data");
    try (ServerProcess server = new ServerProcess(temp, this::server)) {
      server.leave();
    }
    for (String name : new String[] {"token", "tutti.db", "blobs", "workloads"}) {
      Path file = data.resolve(name);
      Set<PosixFilePermission> before = Files.getPosixFilePermissions(file);
      Files.setPosixFilePermissions(file, NONE);
      assertThat(refusal())
          .contains("tutti: " + file + " belongs to ", "may not use it. Run Tutti as the user")
          .contains("`chown -R ", data.toString())
          .doesNotContain("Exception", "\tat ");
      Files.setPosixFilePermissions(file, before);
    }
    Path above = Files.createDirectory(temp.resolve("above"));
    Files.move(data, above.resolve("data"));
    Files.createSymbolicLink(data, above.resolve("data"));
    Files.setPosixFilePermissions(above, NONE);
    assertThat(refusal())
        .contains("The data folder " + data + " cannot be used: ")
        .contains("Make it a folder of the user that runs Tutti, or use another one with --data.")
        .doesNotContain("Exception", "\tat ");
    Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void workloadsGoOnWhenPermissionIsTakenAwayAndNewOnesWaitUntilItIsBack() throws Exception {
    try (ServerProcess server = new ServerProcess(temp, this::server)) {
      server.put("/api/v1/images/sleep", "{\"command\":[\"sleep\",\"600\"]}");
      assertThat(deploy(server, "before").statusCode()).isEqualTo(201);
      TestServer.await("it runs", () -> server.workloads().size() > 1);
      int running = server.workloads().size();

      for (String folder : new String[] {"blobs", "workloads"}) {
        Files.setPosixFilePermissions(server.data().resolve(folder), NONE);
      }
      HttpResponse<String> refused = deploy(server, "meanwhile");
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.body()).contains(server.data().resolve("blobs").toString());
      assertThat(server.workloads()).hasSize(running);
      assertThat(server.send("GET", "/api/v1/models", "").statusCode()).isEqualTo(200);

      for (String folder : new String[] {"blobs", "workloads"}) {
        Files.setPosixFilePermissions(
            server.data().resolve(folder), PosixFilePermissions.fromString("rwx------"));
      }
      assertThat(deploy(server, "after").statusCode()).isEqualTo(201);
      TestServer.await("both run", () -> server.workloads().size() > running);
      for (String simulation : new String[] {"before", "after"}) {
        server.send("POST", "/api/v1/deployments/dots-so~" + simulation + "~1/stop", "");
      }
      TestServer.await("none is left", () -> server.workloads().isEmpty());
    }
  }

  private static HttpResponse<String> deploy(ServerProcess server, String simulation)
      throws IOException, InterruptedException {
    return server.send(
        "POST",
        "/api/v1/deployments",
        "{\"simulatorId\":\"so\",\"simulationId\":\"%s\",\"models\":[{\"id\":\"m\",\"image\":\"sleep\"}]}"
            .formatted(simulation));
  }
}
