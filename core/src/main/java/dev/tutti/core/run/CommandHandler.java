package dev.tutti.core.run;

import dev.tutti.core.store.Command;
import dev.tutti.core.store.CommandKind;

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

  /** Called when {@link #execute} failed for good, so that the owner can be told. */
  void failed(Command<T> command, RuntimeException cause);
}
