package dev.tutti.examples.reminders;

import dev.tutti.core.doctor.Check;
import dev.tutti.core.doctor.Finding;
import java.util.List;
import java.util.function.LongSupplier;

/** Whether reminders were told and are still kept. */
final class ToldRemindersCheck implements Check {

  private final LongSupplier told;

  ToldRemindersCheck(LongSupplier told) {
    this.told = told;
  }

  @Override
  public String name() {
    return "reminders";
  }

  @Override
  public List<Finding> look(boolean deep) {
    long left = told.getAsLong();
    return List.of(
        left == 0
            ? Finding.ok(this, "No reminder was told and is still kept.")
            : Finding.warning(
                this,
                "%d reminders were told and are still kept.".formatted(left),
                "Forget them: `tutti reminder ls`, then `tutti reminder rm`."));
  }
}
