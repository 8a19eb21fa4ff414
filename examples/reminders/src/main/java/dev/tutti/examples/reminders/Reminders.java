package dev.tutti.examples.reminders;

import dev.tutti.core.doctor.Check;
import dev.tutti.core.explain.Explainer;
import dev.tutti.core.feature.Feature;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.Query;
import dev.tutti.core.surface.Endpoint;
import java.util.List;
import java.util.Set;

/** Reminders, as a part of a server. */
public final class Reminders implements Feature {

  private final Engine engine;
  private final RemindersSettings settings;

  /** Registers what decides. */
  public Reminders(Engine engine, RemindersSettings settings) {
    this.engine = engine;
    this.settings = settings;
    engine.register(new ReminderDecisions());
    engine
        .metrics()
        .gauge(
            "tutti_reminders_waiting",
            "Reminders whose time has not come.",
            () -> count("waiting"));
  }

  private long count(String state) {
    return engine.store().count(Reminder.KIND, Query.all().inStates(Set.of(state)));
  }

  @Override
  public List<Endpoint> endpoints() {
    return new ReminderEndpoints(engine, settings).endpoints();
  }

  @Override
  public List<Explainer> explainers() {
    return List.of(new ReminderExplainer(engine));
  }

  @Override
  public List<Check> checks() {
    return List.of(new ToldRemindersCheck(() -> count("told")));
  }
}
