package dev.tutti.examples.reminders;

import dev.tutti.core.Failure;
import dev.tutti.core.explain.Explainer;
import dev.tutti.core.explain.Explanation;
import dev.tutti.core.explain.Workings;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.Document;
import java.util.Optional;

/** Says why a reminder has not been told. */
final class ReminderExplainer implements Explainer {

  private final Engine engine;

  ReminderExplainer(Engine engine) {
    this.engine = engine;
  }

  @Override
  public String kind() {
    return "reminder";
  }

  @Override
  public String plural() {
    return "reminders";
  }

  @Override
  public Explanation explain(String id) {
    Document<Reminder> reminder =
        engine.store().find(Reminder.KIND, id).orElseThrow(() -> new Failure.NotFound(kind(), id));
    Explanation.Draft draft = Explanation.of(kind(), id);
    draft.state(reminder.body().state(), reminder.updated(), reminder.body().text());
    Workings workings = new Workings(engine);
    workings.strand(draft, Reminder.owner(id));
    workings.timers(draft, Reminder.owner(id), _ -> Optional.of("It is told."));
    workings.history(draft, Reminder.owner(id), "");
    return draft.explained();
  }
}
