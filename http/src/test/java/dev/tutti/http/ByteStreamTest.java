package dev.tutti.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.surface.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteStreamTest {

  private static Running serving(InputStream body) {
    return Running.with(
        Running.get("/logs", _ -> new Answer.Bytes("text/plain; charset=utf-8", body)));
  }

  @Test
  void bytesArriveWhenTheyComeAndTheHeaderBeforeThem() throws Exception {
    QuietStream log = new QuietStream(true);
    try (Running running = serving(log);
        RawClient client = running.raw()) {
      client.ask("GET /api/v1/logs");
      assertThat(client.hearUntil("\r\n\r\n"))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .contains("text/plain; charset=utf-8", "chunked");
      log.add("first\n");
      assertThat(client.hearUntil("first\n")).isEqualTo("6\r\nfirst\n");
      log.add("second\n");
      assertThat(client.hearUntil("second\n")).isEqualTo("\r\n7\r\nsecond\n");
      log.end();
      assertThat(client.hearAll()).isEqualTo("\r\n0\r\n\r\n");
    }
    assertThat(log.closed()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void idleStreamIsClosedWhenTheClientLeaves(boolean endsByInterrupt) throws Exception {
    QuietStream log = new QuietStream(endsByInterrupt);
    try (LogBook book = LogBook.open();
        Running running = serving(log)) {
      try (RawClient client = running.raw()) {
        client.ask("GET /api/v1/logs").hearUntil("\r\n\r\n");
      }
      await().until(() -> log.closed() == 1);
      await().until(() -> running.server().connections() == 0);
      await().until(() -> Threads.ofServer().size() == 2);
      assertThat(book.events()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void idleStreamIsClosedWhenTheServerStops(boolean endsByInterrupt) throws Exception {
    QuietStream log = new QuietStream(endsByInterrupt);
    Running running = serving(log);
    try (RawClient client = running.raw()) {
      client.ask("GET /api/v1/logs").hearUntil("\r\n\r\n");
      running.close();
      assertThat(log.closed()).isEqualTo(1);
      assertThat(Threads.ofServer()).isEmpty();
    }
  }

  @Test
  void largeBodyArrivesWhole() throws Exception {
    byte[] part = new byte[1_000_003];
    new Random(1).nextBytes(part);
    InputStream body = InputStream.nullInputStream();
    MessageDigest sent = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < 20; i++) {
      body = new SequenceInputStream(body, new ByteArrayInputStream(part));
      sent.update(part);
    }
    try (Running running = serving(body)) {
      var response =
          running
              .client()
              .send(running.request("/api/v1/logs").build(), BodyHandlers.ofByteArray());
      assertThat(response.body()).hasSize(20 * part.length);
      assertThat(MessageDigest.getInstance("SHA-256").digest(response.body()))
          .isEqualTo(sent.digest());
    }
  }

  @Test
  void streamThatBreaksEndsWithoutTheLastChunk() throws Exception {
    InputStream broken =
        new InputStream() {
          private boolean begun;

          @Override
          public int read() throws IOException {
            if (begun) {
              throw new IOException("the disk is gone");
            }
            begun = true;
            return 'x';
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            into[offset] = (byte) read();
            return 1;
          }
        };
    try (LogBook book = LogBook.open();
        Running running = serving(broken);
        RawClient client = running.raw()) {
      client.ask("GET /api/v1/logs").hearUntil("\r\n\r\n");
      assertThat(client.hearAll()).isEqualTo("1\r\nx\r\n");
      assertThat(book.events()).hasSize(1);
    }
  }

  @Test
  void headOpensNoStreamToTheClient() throws Exception {
    QuietStream log = new QuietStream(true);
    try (Running running = serving(log);
        RawClient client = running.raw()) {
      assertThat(client.ask("HEAD /api/v1/logs").hearAll())
          .startsWith("HTTP/1.1 200 OK\r\n")
          .endsWith("\r\n\r\n");
    }
    assertThat(log.closed()).isEqualTo(1);
  }
}
