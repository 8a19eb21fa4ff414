package dev.tutti.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.surface.Answer;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LimitsTest {

  record Note(String text) {}

  private Running running;

  @BeforeAll
  void start() {
    Duration shortly = Duration.ofMillis(300);
    HttpLimits limits =
        new HttpLimits(
            50_000_000,
            16 * 1024,
            16 * 1024,
            20,
            shortly,
            shortly,
            shortly,
            Duration.ofMillis(600),
            Duration.ofSeconds(1));
    running =
        Running.with(
            HttpSettings.loopback(0).withLimits(limits),
            Running.get("/ok", _ -> new Answer.Text(200, "text/plain", "fine")),
            Running.get("/large", _ -> new Answer.Text(200, "text/plain", "x".repeat(50_000_000))),
            Running.echo("/note", Note.class));
  }

  @AfterAll
  void stop() {
    running.close();
  }

  @AfterEach
  void everyConnectionEndsAndTheServerStillAnswers() throws Exception {
    try (RawClient client = running.raw()) {
      assertThat(client.ask("GET /api/v1/ok", "Connection: close").hearAll()).endsWith("fine");
    }
    await().until(() -> running.server().connections() == 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GE",
        "GET /api/v1/ok HTTP/1.1\r\n",
        "GET /api/v1/ok HTTP/1.1\r\nHost: localhost\r\nX: ",
        "GET /api/v1/ok HTTP/1.1\r\nHost: localhost\r\nX: y\r\n"
      })
  void halfARequestIsNotWaitedForForever(String half) throws Exception {
    try (RawClient client = running.raw()) {
      assertThat(client.say(half).hearAll()).isEmpty();
    }
  }

  @Test
  void trickledHeaderIsNotWaitedForForever() throws Exception {
    try (RawClient client = running.raw()) {
      client.say("GET /api/v1/ok HTTP/1.1\r\nHost: localhost\r\nX: ");
      Thread trickle =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (true) {
                    client.say("x");
                    Thread.sleep(20);
                  }
                } catch (Exception e) {
                  // The server has hung up.
                }
              });
      assertThat(hear(client)).isEmpty();
      assertThat(trickle.join(Duration.ofSeconds(5))).isTrue();
    }
  }

  @Test
  void halfABodyIsNotWaitedForForever() throws Exception {
    try (RawClient client = running.raw()) {
      client.ask("POST /api/v1/note", "Content-Type: application/json", "Content-Length: 100");
      assertThat(client.say("{\"text\":").hearAll()).isEmpty();
    }
  }

  @Test
  void clientThatDoesNotReadIsCutOff() throws Exception {
    try (RawClient client = running.raw()) {
      client.socket().setOption(StandardSocketOptions.SO_RCVBUF, 4096);
      client.ask("GET /api/v1/large");
      await().until(() -> running.server().connections() == 0);
    }
  }

  @Test
  void clientThatReadsSlowlyGetsItAll() throws Exception {
    try (RawClient client = running.raw()) {
      client.ask("GET /api/v1/large").hearUntil("\r\n\r\n");
      byte[] piece = new byte[2_000_000];
      long total = 0;
      while (total < 50_000_000) {
        // Slowness is what is tested here: the pieces together take longer than the limit.
        Thread.sleep(20);
        total += client.socket().getInputStream().readNBytes(piece, 0, piece.length);
      }
      assertThat(total).isEqualTo(50_000_000);
    }
  }

  @Test
  void largeHeaderIsRefused() throws Exception {
    try (RawClient client = running.raw()) {
      client.ask("GET /api/v1/ok", "X-Large: " + "x".repeat(64 * 1024));
      assertThat(hear(client)).startsWith("HTTP/1.1 431").contains("header-too-large");
    }
    try (RawClient client = running.raw()) {
      client.ask("GET /api/v1/ok", "X-Many: y\r\n".repeat(10_000) + "X: y");
      assertThat(hear(client)).startsWith("HTTP/1.1 431");
    }
  }

  @Test
  void longAddressIsRefused() throws Exception {
    try (RawClient client = running.raw()) {
      client.ask("GET /" + "x".repeat(64 * 1024));
      assertThat(hear(client)).startsWith("HTTP/1.1 414").contains("address-too-long");
    }
  }

  @Test
  void idleConnectionMakesRoomForTheNextClient() throws Exception {
    List<RawClient> idle = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      idle.add(running.raw());
    }
    await().until(() -> running.server().connections() == 20);
    try (RawClient client = running.raw()) {
      assertThat(client.ask("GET /api/v1/ok").hearUntil("fine")).startsWith("HTTP/1.1 200");
    }
    for (RawClient client : idle) {
      client.close();
    }
  }

  /** What the server said before it closed, or reset because we went on talking. */
  private static String hear(RawClient client) {
    try {
      return client.hearAll();
    } catch (IOException e) {
      return "";
    }
  }
}
