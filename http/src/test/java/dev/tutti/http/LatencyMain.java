package dev.tutti.http;

import dev.tutti.core.surface.Answer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Prints how long a trivial endpoint takes at a steady rate, measured from when a request was due,
 * so that a stall counts for all that wait behind it.
 */
final class LatencyMain {

  private static final int RATE = 1_000;
  private static final int CLIENTS = 16;

  private LatencyMain() {}

  public static void main(String[] arguments) throws Exception {
    long began = System.nanoTime();
    HttpSettings settings = HttpSettings.loopback(0).withToken("token");
    try (Running running =
        Running.with(settings, Running.get("/models/{id}", r -> Answer.ok(answer(r.path("id")))))) {
      System.out.printf("started in %.0f ms%n", (System.nanoTime() - began) / 1e6);
      for (int seconds : new int[] {5, 5, 10}) {
        print(measure(running, seconds * RATE));
      }
    }
  }

  private static Map<String, String> answer(String id) {
    return Map.of("id", id, "state", "running");
  }

  private static long[] measure(Running running, int count) throws InterruptedException {
    long[] nanos = new long[count];
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime();
    Thread[] clients = new Thread[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
      clients[i] = Thread.ofPlatform().start(() -> call(running, nanos, next, start));
    }
    for (Thread client : clients) {
      client.join();
    }
    return nanos;
  }

  private static void call(Running running, long[] nanos, AtomicInteger next, long start) {
    try (RawClient client = running.raw()) {
      client.socket().setTcpNoDelay(true);
      for (int i = next.getAndIncrement(); i < nanos.length; i = next.getAndIncrement()) {
        long due = start + i * (Duration.ofSeconds(1).toNanos() / RATE);
        LockSupport.parkNanos(due - System.nanoTime());
        client.ask("GET /api/v1/models/a%2Fb", "Authorization: Bearer token").hearPiece("}");
        nanos[i] = System.nanoTime() - due;
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void print(long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        "%d requests at %d/s: p50 %.2f ms, p99 %.2f ms, max %.1f ms%n",
        nanos.length,
        RATE,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6,
        nanos[nanos.length - 1] / 1e6);
  }
}
