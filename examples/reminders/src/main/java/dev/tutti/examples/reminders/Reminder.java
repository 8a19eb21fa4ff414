package dev.tutti.examples.reminders;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import java.time.Instant;

/**
 * Something to be told at a time.
 *
 * @param due when
 * @param told whether it was
 */
record Reminder(String id, String text, Instant due, boolean told) {

  static final DocumentKind<Reminder> KIND =
      DocumentKind.of(
          "reminder",
          Reminder.class,
          reminder -> new Attributes("", reminder.id(), reminder.state()));

  /** What decides about one of them. */
  static OwnerRef owner(String id) {
    return new OwnerRef("reminder", id);
  }

  /** {@code waiting} or {@code told}. */
  String state() {
    return told ? "told" : "waiting";
  }
}
