package dev.tutti.core.run;

import dev.tutti.core.Message;
import dev.tutti.core.OwnerRef;
import java.time.Instant;

/** How owners of one kind decide. Implemented by features; called on the strand of the owner. */
public interface OwnerBehaviour {

  /** The kind of owner that this decides for. */
  String kind();

  /**
   * Decides on a message: a function of what it is given, without effects. It may be called again
   * with the same message when the decision could not be committed. At most {@value
   * Decision#MAX_WRITES} writes; larger work continues with a timer or a message to itself.
   *
   * @throws dev.tutti.core.Failure.Rejected to refuse the message; nothing is written then
   */
  Decision decide(OwnerRef owner, Facts facts, Message message, Instant now);
}
