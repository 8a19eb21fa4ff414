package dev.tutti.cli;

import dev.tutti.api.ClientFailure;
import dev.tutti.api.EventFollower;
import dev.tutti.api.EventFollower.Patience;
import dev.tutti.api.EventView;
import dev.tutti.api.TuttiClient;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks again whenever something happened at the server: events say that, and what is shown is read
 * afterwards, once for all events that came meanwhile.
 */
final class ListWatch {
  /** What no event tells, such as an age, is never older than this. */
  private static final long STALE_SECONDS = 10;

  private static final int MOST_WAITING = 10_000;

  private final TuttiClient client;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>(MOST_WAITING);

  ListWatch(TuttiClient client) {
    this.client = client;
  }

  /**
   * Blocks until it fails, or whoever reads has gone.
   *
   * @param look reads and shows everything, and gives whether to go on; is told what is wrong with
   *     the connection, or nothing
   */
  void run(Patience patience, Predicate<String> look, Consumer<String> notes)
      throws InterruptedException {
    Thread reader = Thread.ofVirtual().name("events").start(() -> follow(patience));
    try {
      boolean on = true;
      while (on) {
        on = look.test(next(notes));
      }
    } finally {
      reader.interrupt();
    }
  }

  /** Waits until there is a reason to look again; gives what is wrong, or nothing. */
  private String next(Consumer<String> notes) throws InterruptedException {
    String note = "";
    Signal signal = signals.poll(STALE_SECONDS, TimeUnit.SECONDS);
    while (signal != null) {
      if (signal.failure() != null && signal.last()) {
        throw signal.failure();
      }
      if (signal.failure() != null) {
        note = signal.failure().getMessage() + "; trying again";
        notes.accept(note);
        // There is nothing to read until it is back.
        signal = signals.take();
      } else {
        note = "";
        signal = signals.poll();
      }
    }
    return note;
  }

  private void follow(Patience patience) {
    try {
      new EventFollower<>(client, EventView.class, null, Map.of(), patience)
          .follow(
              new EventFollower.Listener<>() {
                @Override
                public void connected() {
                  signal(new Signal(null, false));
                }

                @Override
                public boolean happened(EventView event) {
                  return signal(new Signal(null, false));
                }

                @Override
                public void lost(ClientFailure failure) {
                  signal(new Signal(failure, false));
                }
              });
    } catch (ClientFailure failure) {
      signal(new Signal(failure, true));
    } catch (InterruptedException _) {
      // Whoever watched has left.
      Thread.currentThread().interrupt();
    }
  }

  private boolean signal(Signal signal) {
    try {
      signals.put(signal);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * A reason to look again.
   *
   * @param failure what happened to the connection; null when something happened at the server
   * @param last whether it is given up on
   */
  private record Signal(@Nullable ClientFailure failure, boolean last) {}
}
