package dev.tutti.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.EventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class EventStreamTest {

  private final AtomicInteger open = new AtomicInteger();

  private static Running serving(Supplier<EventSource> source) {
    return serving(Duration.ofSeconds(15), source);
  }

  private static Running serving(Duration heartbeat, Supplier<EventSource> source) {
    return Running.with(
        HttpSettings.loopback(0).withHeartbeat(heartbeat),
        Running.get("/events", _ -> new Answer.Events(source.get())));
  }

  @Test
  void eventsArriveAsTheyHappen() throws Exception {
    TestFeed feed = new TestFeed(open).give("1", "model.ready", Map.of("text", "two\nlines"));
    try (Running running = serving(() -> feed);
        RawClient client = running.raw()) {
      client.ask("GET /api/v1/events", "Accept: text/event-stream");
      assertThat(client.hearUntil("\r\n\r\n")).contains("Content-Type: text/event-stream\r\n");
      assertThat(client.hearUntil("\n\n"))
          .endsWith("id: 1\nevent: model.ready\ndata: {\"text\":\"two\\nlines\"}\n\n");
      feed.give("2", "model.ended", Map.of()).give("3", "x\ndata: forged", Map.of());
      assertThat(client.hearUntil("{}\n\n")).endsWith("id: 2\nevent: model.ended\ndata: {}\n\n");
      assertThat(client.hearUntil("{}\n\n")).endsWith("id: 3\nevent: x data: forged\ndata: {}\n\n");
    }
  }

  @Test
  void endpointReadsWhereAClientLeftOff() throws Exception {
    try (Running running =
            Running.with(
                Running.get(
                    "/events",
                    request ->
                        new Answer.Events(
                            new TestFeed(open)
                                .give(request.header("Last-Event-ID").orElse("0"), "x", "y"))));
        RawClient client = running.raw()) {
      client.ask("GET /api/v1/events", "Last-Event-ID: 41");
      assertThat(client.hearUntil("\"y\"\n\n")).contains("id: 41\n");
    }
  }

  @Test
  void idleStreamBeats() throws Exception {
    try (Running running = serving(Duration.ofMillis(20), () -> new TestFeed(open));
        RawClient client = running.raw()) {
      client.ask("GET /api/v1/events").hearUntil("\r\n\r\n");
      assertThat(client.hearUntil("\n\n")).endsWith(":\n\n");
      assertThat(client.hearUntil("\n\n")).endsWith(":\n\n");
    }
  }

  @Test
  void failureEndsTheStreamWithAProblem() throws Exception {
    EventSource failing =
        new EventSource() {
          @Override
          public List<Event> next(Duration atMost) {
            throw new Failure.Rejected(Problem.of("journal-pruned", 410, "Too late."));
          }

          @Override
          public void close() {
            open.decrementAndGet();
          }
        };
    open.incrementAndGet();
    try (Running running = serving(() -> failing);
        RawClient client = running.raw()) {
      assertThat(client.ask("GET /api/v1/events").hearAll())
          .contains("event: problem\ndata: {\"type\":\"urn:tutti:problem:journal-pruned\"")
          .endsWith("0\r\n\r\n");
    }
    assertThat(open).hasValue(0);
  }

  @Test
  void hundredClientsThatComeAndGoLeaveNothingBehind() throws Exception {
    try (LogBook book = LogBook.open();
        Running running = serving(() -> new TestFeed(open).give("1", "hello", "x"))) {
      for (int round = 0; round < 3; round++) {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          clients.add(running.raw().ask("GET /api/v1/events"));
        }
        for (RawClient client : clients) {
          client.hearUntil("data: \"x\"\n\n");
        }
        assertThat(open).hasValue(100);
        for (RawClient client : clients) {
          client.close();
        }
        await().until(() -> open.get() == 0 && running.server().connections() == 0);
      }
      await().until(() -> Threads.ofServer().size() == 2);
      assertThat(book.events()).isEmpty();
    }
    assertThat(Threads.ofServer()).isEmpty();
  }

  @Test
  void serverStopsWithinTwoSecondsAndTellsItsListeners() throws Exception {
    Running running = serving(() -> new TestFeed(open).give("1", "hello", "x"));
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        clients.add(running.raw().ask("GET /api/v1/events"));
      }
      for (RawClient client : clients) {
        client.hearUntil("data: \"x\"\n\n");
      }
      long before = System.nanoTime();
      running.server().close();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
      assertThat(open).hasValue(0);
      assertThat(Threads.ofServer()).isEmpty();
      for (RawClient client : clients) {
        assertThat(client.hearAll()).endsWith("0\r\n\r\n");
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
      running.close();
    }
  }
}
