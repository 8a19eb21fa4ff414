package dev.tutti.examples.reminders;

import dev.tutti.core.Message;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.run.Decision;
import dev.tutti.core.run.Facts;
import dev.tutti.core.run.OwnerBehaviour;
import dev.tutti.core.run.TimerFired;
import dev.tutti.examples.reminders.ReminderMessage.Forget;
import dev.tutti.examples.reminders.ReminderMessage.Remind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** How a reminder decides. */
final class ReminderDecisions implements OwnerBehaviour {

  static final String DUE = "DUE";

  @Override
  public String kind() {
    return "reminder";
  }

  @Override
  public Decision decide(OwnerRef owner, Facts facts, Message message, Instant now) {
    Optional<Reminder> known = facts.find(Reminder.KIND, owner.id());
    return switch (message) {
      case Remind remind ->
          remind(new Reminder(owner.id(), remind.text(), remind.due(), false), remind.by());
      case Forget forget ->
          known.map(reminder -> forget(reminder, forget.by())).orElseGet(Decision::nothing);
      case TimerFired _ -> known.map(ReminderDecisions::tell).orElseGet(Decision::nothing);
      default -> Decision.nothing();
    };
  }

  private static Decision remind(Reminder reminder, String by) {
    return Decision.draft()
        .put(Reminder.KIND, reminder.id(), reminder)
        .timer(DUE, reminder.due())
        .journal(
            "reminder.set",
            "",
            "%s will be told at %s, says %s.".formatted(reminder.id(), reminder.due(), by),
            Map.of())
        .reply(reminder)
        .decided();
  }

  private static Decision tell(Reminder reminder) {
    return Decision.draft()
        .put(
            Reminder.KIND,
            reminder.id(),
            new Reminder(reminder.id(), reminder.text(), reminder.due(), true))
        .cancelTimer(DUE)
        .journal("reminder.due", "", reminder.text(), Map.of("due", reminder.due().toString()))
        .decided();
  }

  private static Decision forget(Reminder reminder, String by) {
    return Decision.draft()
        .delete(Reminder.KIND, reminder.id())
        .cancelTimer(DUE)
        .journal(
            "reminder.forgotten",
            "",
            "%s was forgotten by %s.".formatted(reminder.id(), by),
            Map.of())
        .reply(reminder)
        .decided();
  }
}
