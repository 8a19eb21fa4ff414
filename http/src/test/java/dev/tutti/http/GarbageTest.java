package dev.tutti.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.surface.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GarbageTest {

  record Note(String text) {}

  private Running running;

  @BeforeAll
  void start() {
    running =
        Running.with(
            Running.get("/ok", _ -> new Answer.Text(200, "text/plain", "fine")),
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
        "garbage||",
        "|||",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001||",
        "GET /api/v1/ok HTTP/9.9|Host: localhost||",
        "GET /api/v1/ok HTTP/1.0|Host: localhost||",
        "GET  /api/v1/ok HTTP/1.1|Host: localhost||",
        "GET /api/v1/ok HTTP/1.1\nHost: localhost\n\n",
        "GET~no colon||",
        "GET~X : y||",
        "POST~Content-Length: -1||",
        "POST~Content-Length: 1e3||",
        "POST~Content-Length: 1|Content-Length: 2||xx",
        "POST~Content-Length: 5|Transfer-Encoding: chunked||0||",
        "POST~Transfer-Encoding: gzip, chunked||0||",
        "POST~Content-Type: application/json|Transfer-Encoding: chunked||zz||"
      })
  void garbageIsRefusedAndTheConnectionClosed(String garbage) throws Exception {
    try (LogBook book = LogBook.open();
        RawClient client = running.raw()) {
      String sent =
          garbage.replace("~", " /api/v1/note HTTP/1.1|Host: localhost|").replace("|", "\r\n");
      assertThat(client.say(sent).hearAll()).matches("(?s)(HTTP/1.1 [45]\\d\\d .*)?");
      assertThat(book.events()).isEmpty();
    }
  }

  @Test
  void garbageAfterARequestDoesNotHarmItsAnswer() throws Exception {
    try (RawClient client = running.raw()) {
      client.say("GET /api/v1/ok HTTP/1.1\r\nHost: localhost\r\n\r\n").say("\u0000garbage\r\n\r\n");
      assertThat(client.hearAll()).contains("\r\n\r\nfineHTTP/1.1 400");
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    try (RawClient client = running.raw()) {
      String body = "{\"text\":\"%d\"}";
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 9; i++) {
        all.append("POST /api/v1/note HTTP/1.1\r\nHost: localhost\r\nContent-Length: 12\r\n")
            .append("Content-Type: application/json\r\n\r\n")
            .append(body.formatted(i));
      }
      client.say(all.toString());
      for (int i = 0; i < 9; i++) {
        assertThat(client.hearUntil("}")).endsWith(body.formatted(i));
      }
    }
  }

  @Test
  void noiseOfAnyKindIsSurvived() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (LogBook book = LogBook.open()) {
      for (int i = 0; i < 400; i++) {
        try (RawClient client = running.raw()) {
          client.socket().getOutputStream().write(noise(random));
          client.socket().shutdownOutput();
          assertThat(hear(client)).as("seed " + seed).doesNotContain("HTTP/1.1 500");
        }
      }
      assertThat(book.events()).as("seed " + seed).isEmpty();
    }
  }

  /** Either bytes without any sense or a proper request with a few of its bytes replaced. */
  private static byte[] noise(Random random) {
    String request =
        "POST /api/v1/note?a=b HTTP/1.1|Host: localhost|Content-Type: application/json|"
            + "Transfer-Encoding: chunked||c|{\"text\":\"1\"}|0||";
    byte[] bytes = request.replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII);
    if (random.nextBoolean()) {
      random.nextBytes(bytes);
    } else {
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
    }
    return bytes;
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
