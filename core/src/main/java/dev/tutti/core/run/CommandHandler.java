package dev.tutti.core.run;

import dev.tutti.core.store.Command;
import dev.tutti.core.store.CommandKind;
import java.time.Duration;

/** Does what commands of one kind ask for. */
public interface CommandHandler<T extends Record> {

  CommandKind<T> kind();

  /**
   * Does it, blocking. A repeatable command may come again after a crash.
   *
   * @throws dev.tutti.core.Failure.Unavailable to be asked again later; the lane waits meanwhile
   */
  void execute(Command<T> command);

  /**
   * Whether the receiver can be reached now. Asked before a command that must never be sent twice
   * is marked as sent, so that the mark does not outlive a process that never tried.
   */
  default boolean reachable() {
    return true;
  }

  /** How often it is tried again while its receiver is unavailable. */
  default Retry retry() {
    return Retry.patiently();
  }

  /**
   * Called when the receiver was unavailable and the pause before the next try has grown, so that
   * the owner can be told; not at every try.
   *
   * @param tries how often it was tried
   */
  default void delayed(Command<T> command, RuntimeException cause, int tries, Duration next) {}

  /** Called when {@link #execute} failed for good, so that the owner can be told. */
  void failed(Command<T> command, RuntimeException cause);
}
