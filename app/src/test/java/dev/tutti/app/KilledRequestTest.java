package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * Requests with a key, to a server that dies over them. The models end at once, so that nothing but
 * the key keeps a repeated request from beginning another deployment.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledRequestTest {

  private static final int POSITIONS = 6;
  private static final int KILLS = 3;
  private static final Duration LONGEST_UNTIL_KILLED = Duration.ofMillis(40);

  private final long seed = Long.getLong("tutti.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private Path folder;
  private ServerProcess server;

  @BeforeAll
  void start() throws Exception {
    folder = Files.createTempDirectory("tutti-keys");
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("TUTTI_DATA", folder.resolve("data").toString());
    environment.put("TUTTI_API_PORT", "0");
    environment.put("MQTT_HOST", "127.0.0.1");
    environment.put("MQTT_PORT", "0");
    environment.put("MQTT_USERNAME", Mosquitto.USER);
    environment.put("MQTT_PASSWORD", Mosquitto.PASSWORD);
    server =
        new ServerProcess(folder, () -> Program.ofTests(folder, environment, CrashingServer.class));
    server.put("/api/v1/images/tiny", "{\"command\":[\"/bin/true\"]}");
  }

  @AfterAll
  void end() {
    server.close();
    TestServer.delete(folder);
  }

  @Test
  void serverThatDiesAtAnyCommitMakesOneDeployment() throws Exception {
    for (int position = 1; position <= POSITIONS; position++) {
      String disarmed = "disarmed " + position + ".";
      server.say("arm " + position);
      server.awaitAfter("armed   " + position + ".");
      String disarm = "disarm " + position;
      deployOnce(
          "position-" + position,
          () -> {
            try {
              server.say(disarm);
            } catch (IOException dead) {
              // What it would have been told is true of it now.
            }
            TestServer.await(
                "it is out of danger",
                () -> !server.isAlive() || server.output().contains(disarmed));
          });
    }
  }

  @Test
  void serverThatIsKilledAtAnyMomentMakesOneDeploymentAndItsEventsAreReadOnceInOrder()
      throws Exception {
    try (EventReader reader = new EventReader(server, newest())) {
      for (int kill = 1; kill <= KILLS; kill++) {
        long moment = random.nextLong(LONGEST_UNTIL_KILLED.toNanos());
        Thread killing = Thread.ofVirtual().start(() -> killAfter(moment));
        deployOnce(
            "kill-%d-of-seed-%d".formatted(kill, seed),
            () -> {
              try {
                killing.join();
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
              }
            });
      }
      long last = newest();
      TestServer.await("all events are read", () -> reader.last() >= last);
      List<Long> numbers = reader.numbers();
      assertThat(numbers)
          .isEqualTo(
              LongStream.rangeClosed(reader.begin() + 1, numbers.getLast()).boxed().toList());
      assertThat(reader.connections()).isGreaterThan(1);
    }
  }

  private long newest() throws Exception {
    JsonNode items = server.find("/api/v1/events?limit=1000").orElseThrow().get("items");
    return items.get(items.size() - 1).get("number").asLong();
  }

  private void killAfter(long nanos) {
    LockSupport.parkNanos(nanos);
    try {
      server.kill();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  /**
   * Sends the same request until it is answered, starting the server whenever it is dead.
   *
   * @param out when it returns, the server does not die any more, if it is alive
   */
  private void deployOnce(String simulation, Runnable out) throws Exception {
    String key = UUID.randomUUID().toString();
    JsonNode made = TestServer.JSON.readTree(untilAnswered(simulation, key).body());
    assertThat(made.get("simulationId").asString()).isEqualTo(simulation);
    out.run();
    if (!server.isAlive()) {
      comeBack();
    }
    String id = made.get("id").asString();
    TestServer.await("the model of %s ended".formatted(id), () -> state(id).equals("ended"));
    HttpResponse<String> again = untilAnswered(simulation, key);
    assertThat(again.headers().firstValue("Idempotency-Replayed")).as(id).hasValue("true");
    assertThat(TestServer.JSON.readTree(again.body()).get("id").asString()).isEqualTo(id);
    JsonNode all = server.find("/api/v1/deployments?limit=1000").orElseThrow().get("items");
    assertThat(
            StreamSupport.stream(all.spliterator(), false)
                .filter(one -> one.get("simulationId").asString().equals(simulation)))
        .as(id)
        .hasSize(1);
  }

  private String state(String deployment) {
    try {
      return server.find("/api/v1/deployments/" + deployment).orElseThrow().get("state").asString();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private HttpResponse<String> untilAnswered(String simulation, String key) throws Exception {
    String body =
        """
        {"simulatorId":"so","simulationId":"%s","models":[{"id":"m","image":"tiny"}]}\
        """
            .formatted(simulation);
    while (true) {
      try {
        HttpResponse<String> answer =
            server.send("POST", "/api/v1/deployments", body, "Idempotency-Key", key);
        if (answer.statusCode() == 201) {
          return answer;
        }
        assertThat(answer.statusCode()).as(answer.body()).isIn(409, 503);
      } catch (IOException dead) {
        comeBack();
      }
    }
  }

  private void comeBack() {
    try {
      server.awaitEnd();
      server.comeBack();
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
