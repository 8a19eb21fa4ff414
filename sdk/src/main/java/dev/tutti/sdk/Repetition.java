package dev.tutti.sdk;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model has sent in its last step, for receivers that a broken connection has kept from it.
 *
 * <p>It is in doubt until every other model has had a part in a step since the connection was lost:
 * one may have been without a part, or finished already, and it returns when others have sent the
 * data that it needs next. The clock goes no further than that without it. Not for several threads.
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

  /** The connection was lost; what is sent up to this step may not arrive. */
  void connectionWasLost(int lastInDoubt) {
    inDoubtUntil = lastInDoubt;
  }

  /** Gives what may not have arrived. */
  void inDoubt(Receiver receiver) {
    if (step <= inDoubtUntil) {
      sent.forEach((feed, payload) -> receiver.take(step, feed, payload));
    }
  }
}
