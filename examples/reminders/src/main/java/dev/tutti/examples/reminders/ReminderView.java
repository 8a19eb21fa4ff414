package dev.tutti.examples.reminders;

import java.time.Instant;

/**
 * A reminder as the API shows it.
 *
 * @param state {@code waiting} or {@code told}
 */
record ReminderView(String id, String text, Instant due, String state) {

  static ReminderView of(Reminder reminder) {
    return new ReminderView(reminder.id(), reminder.text(), reminder.due(), reminder.state());
  }
}
