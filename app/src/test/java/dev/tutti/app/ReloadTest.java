package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server without a terminal that is told by SIGHUP to read its settings again. */
class ReloadTest {

  @TempDir Path temp;

  private Program server() throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("TUTTI_DATA", temp.resolve("data").toString());
    environment.put("TUTTI_API_PORT", "0");
    environment.put("TUTTI_CONFIG", temp.resolve("tutti.yaml").toString());
    environment.put("MQTT_HOST", "127.0.0.1");
    environment.put("MQTT_PORT", "0");
    environment.put("MQTT_USERNAME", "dots");
    environment.put("MQTT_PASSWORD", "dotspass");
    return Program.withoutTerminal(temp, environment, Main.class, "server");
  }

  private void write(String... lines) throws IOException {
    Files.write(temp.resolve("tutti.yaml"), List.of(lines));
  }

  private static List<String> told(ServerProcess server) throws IOException, InterruptedException {
    List<String> told = new ArrayList<>();
    server
        .find("/api/v1/events?owner=server:settings")
        .orElseThrow()
        .get("items")
        .forEach(event -> told.add(event.get("message").asString()));
    return told;
  }

  private static void await(ServerProcess server, int events) {
    TestServer.await(
        events + " events",
        () -> {
          try {
            return told(server).size() == events;
          } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
          }
        });
  }

  @Test
  void whatCanBeTakenOverIsAndTheRestIsNamed() throws Exception {
    write("log:", "  level: INFO");
    try (ServerProcess server = new ServerProcess(temp, this::server)) {
      write("log:", "  level: INFO", "  format: json", "models:", "  stop-grace: 3s");
      server.signal("HUP");
      await(server, 1);
      assertThat(told(server).getLast())
          .isEqualTo(
              "Settings were read again. log.format holds now. models.stop-grace needs a restart.");
      assertThat(server.output())
          .contains("\"message\":\"Settings were read again. log.format holds now.");

      write("log:", "  level: LOUD");
      server.signal("HUP");
      await(server, 2);
      assertThat(told(server).getLast())
          .startsWith("Settings were read again and are wrong, so those of before hold: ")
          .contains("log.level is 'LOUD'");

      write("log:", "  level: INFO");
      server.signal("HUP");
      await(server, 3);
      assertThat(told(server).getLast())
          .isEqualTo("Settings were read again. log.format holds now.");
      server.signal("HUP");
      await(server, 4);
      assertThat(told(server).getLast())
          .isEqualTo("Settings were read again; nothing has changed.");
      assertThat(server.isAlive()).isTrue();
      server.leave();
    }
  }
}
