package dev.tutti.examples.reminders;

import dev.tutti.core.Message;
import java.time.Instant;

/** What can be asked of a reminder. */
sealed interface ReminderMessage extends Message {

  /** Sets it, or sets it anew. */
  record Remind(String text, Instant due, String by) implements ReminderMessage {}

  /** Forgets it. */
  record Forget(String by) implements ReminderMessage {}
}
