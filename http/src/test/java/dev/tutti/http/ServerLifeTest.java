package dev.tutti.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.Failure;
import dev.tutti.core.surface.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ServerLifeTest {

  @Test
  void takenPortIsExplained() {
    try (Running running = Running.with()) {
      HttpSettings settings = HttpSettings.loopback(running.server().port());
      assertThatThrownBy(() -> HttpServer.start(settings, List.of(), new PrometheusMetrics()))
          .isInstanceOf(Failure.Rejected.class)
          .hasMessageContaining("Cannot listen on 127.0.0.1:" + running.server().port())
          .hasMessageContaining("choose another port");
    }
  }

  @Test
  void addressThatThisMachineDoesNotHaveIsExplained() {
    HttpSettings settings = HttpSettings.loopback(0).withHost("203.0.113.1");
    assertThatThrownBy(() -> HttpServer.start(settings, List.of(), new PrometheusMetrics()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("203.0.113.1");
  }

  @Test
  void startAndStopLeaveNoThreadAndFreeThePort() throws Exception {
    int port = 0;
    for (int i = 0; i < 20; i++) {
      HttpSettings settings = HttpSettings.loopback(port);
      try (Running running = Running.with(settings, Running.get("/ok", _ -> Answer.ok("ok")))) {
        assertThat(running.get("/api/v1/ok").body()).isEqualTo("\"ok\"");
        port = running.server().port();
      }
    }
    assertThat(Threads.ofServer()).isEmpty();
  }

  @Test
  void requestUnderWayIsAnsweredBeforeTheServerEnds() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (Running running =
            Running.with(
                Running.get(
                    "/slow",
                    _ -> {
                      entered.countDown();
                      goOn.await();
                      return Answer.ok("done");
                    }));
        RawClient client = running.raw()) {
      client.ask("GET /api/v1/slow");
      entered.await();
      Thread closing = Thread.ofVirtual().start(running.server()::close);
      goOn.countDown();
      assertThat(client.hearAll()).endsWith("\"done\"");
      assertThat(closing.join(Duration.ofSeconds(2))).isTrue();
    }
  }

  @Test
  void requestThatTakesTooLongIsToldThatTheServerStops() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    Running running =
        Running.with(
            Running.get(
                "/endless",
                _ -> {
                  entered.countDown();
                  new CountDownLatch(1).await();
                  return Answer.noContent();
                }));
    try (RawClient client = running.raw()) {
      client.ask("GET /api/v1/endless");
      entered.await();
      long before = System.nanoTime();
      running.close();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
      assertThat(client.hearAll()).startsWith("HTTP/1.1 503").contains("The server stops.");
    }
    assertThat(Threads.ofServer()).isEmpty();
  }

  @Test
  void addressTellsWhatIsBound() {
    try (Running running = Running.with()) {
      assertThat(running.server().address().getAddress().isLoopbackAddress()).isTrue();
      assertThat(running.server().uri()).hasToString("http://127.0.0.1:" + running.server().port());
    }
  }
}
