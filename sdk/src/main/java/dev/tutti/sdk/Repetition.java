package dev.tutti.sdk;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model has sent in its last step, for receivers that a broken connection has kept from it.
 *
 * <p>It is in doubt until the end of the step after the one in which the connection was lost: the
 * step may be finished everywhere but at one model, which returns when the others have sent the
 * data of the next one. The step after that begins only when all are there. Not for several
 * threads.
 */
final class Repetition {
  private final Map<Feed, byte[]> sent = new LinkedHashMap<>();
  private int step;
  private int inDoubtUntil;

  /** Receives what is repeated. */
  @FunctionalInterface
  interface Receiver {
    void take(int step, Feed feed, byte[] payload);
  }

  /** Something was sent in a step, which is the last one or a new one. */
  void sent(int ofStep, Feed feed, byte[] payload) {
    if (ofStep != step) {
      sent.clear();
      step = ofStep;
    }
    sent.put(feed, payload);
  }

  /** The connection was lost, at the latest in the step that was begun last. */
  void connectionWasLost(int started) {
    inDoubtUntil = started + 1;
  }

  /** Gives what may not have arrived. */
  void inDoubt(Receiver receiver) {
    if (step <= inDoubtUntil) {
      sent.forEach((feed, payload) -> receiver.take(step, feed, payload));
    }
  }
}
