package dev.tutti.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests at times that are fixed beforehand, whatever becomes of them, and measures each
 * from the time at which it should have left: a server that stands still pays for all who wait.
 */
final class OpenLoop implements AutoCloseable {

  private final int port;
  private final Deque<KeptConnection> idle = new ConcurrentLinkedDeque<>();

  OpenLoop(int port) {
    this.port = port;
  }

  /**
   * What became of a request.
   *
   * @param kind its place among those that were to be sent
   * @param millis from when it should have left until its answer was read
   * @param status 0 when there was no answer
   */
  record Outcome(int kind, double millis, int status) {}

  /** Sends so many in a second, of each kind in turn. */
  List<Outcome> run(List<byte[]> kinds, int perSecond, double seconds) {
    int total = (int) (perSecond * seconds);
    Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long begin = System.nanoTime() + 10_000_000;
      for (int i = 0; i < total; i++) {
        long due = begin + (long) (i * 1e9 / perSecond);
        while (due - System.nanoTime() > 0) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        int kind = i % kinds.size();
        threads.execute(() -> outcomes.add(send(kind, kinds.get(kind), due)));
      }
    }
    return new ArrayList<>(outcomes);
  }

  private Outcome send(int kind, byte[] request, long due) {
    int status = 0;
    KeptConnection kept = idle.poll();
    try {
      KeptConnection connection = kept == null ? new KeptConnection(port) : kept;
      try {
        status = connection.exchange(request);
        // The one that was used last is used next: what is idle for long the server closes.
        idle.push(connection);
      } catch (IOException unanswered) {
        connection.close();
      }
    } catch (IOException noConnection) {
      // The status tells it.
    }
    return new Outcome(kind, (System.nanoTime() - due) / 1e6, status);
  }

  @Override
  public void close() throws IOException {
    for (KeptConnection connection : idle) {
      connection.close();
    }
  }
}
