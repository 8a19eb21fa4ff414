package dev.tutti.core.run;

import dev.tutti.core.Failure;
import dev.tutti.core.Metrics;
import dev.tutti.core.bus.Bus;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * What becomes of messages from outside: one that is followed is acknowledged to the broker when
 * what follows from it is durable; one that is none, or that nobody knows, is counted, logged with
 * its topic and acknowledged, and harms only itself; one that came too late for this process is
 * left to the next.
 */
public final class Reception {

  private static final int LONGEST_LOGGED = 200;

  private final Metrics.Counter received;
  private final Metrics.Counter refused;
  private final Logger log;

  /**
   * @param protocol of the messages, as people write it
   * @param log where refusals are told, in the name of who listens
   */
  public Reception(Metrics metrics, String protocol, Logger log) {
    String prefix = "tutti_" + protocol.toLowerCase(Locale.ROOT) + "_messages_";
    this.received =
        metrics.counter(prefix + "total", protocol + " messages received, by name.", "message");
    this.refused =
        metrics.counter(
            prefix + "refused_total",
            protocol + " messages that were none, or could not be followed, by why.",
            "why");
    this.log = log;
  }

  /** A receiver whose failures refuse the message, but for those that pass. */
  public Bus.Receiver guarded(Bus.Receiver receiver) {
    return arrival -> {
      try {
        receiver.received(arrival);
      } catch (Failure.Unavailable later) {
        // Not acknowledged: it waits and is tried again.
        throw later;
      } catch (RuntimeException failure) {
        log.error("{} could not be followed", shown(arrival.topic()), failure);
        refuse(arrival, "failure", String.valueOf(failure.getMessage()));
      }
    };
  }

  /** Counts a message of a name that is being followed. */
  public void count(String message) {
    received.add(message, 1);
  }

  /** Acknowledges a message when its decision is durable. */
  public Receipt acknowledging(Bus.Arrival arrival) {
    return new Receipt() {
      @Override
      public void decided(Optional<Object> reply) {
        arrival.acknowledge();
      }

      @Override
      public void refused(RuntimeException why) {
        // Not acknowledged while Tutti ends: the broker delivers it to the next process.
        if (!(why instanceof Failure.Unavailable)) {
          refuse(arrival, "unknown", String.valueOf(why.getMessage()));
        }
      }
    };
  }

  /**
   * Ignores a message for good.
   *
   * @param why one word, for the metric
   * @param reason for the log
   */
  public void refuse(Bus.Arrival arrival, String why, String reason) {
    refused.add(why, 1);
    log.warn(
        "Message on {} ({} bytes) is ignored: {}",
        shown(arrival.topic()),
        arrival.payload().length,
        shown(reason));
    arrival.acknowledge();
  }

  /** What came from outside, short and on one line. */
  public static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= LONGEST_LOGGED ? line : line.substring(0, LONGEST_LOGGED) + "…";
  }
}
