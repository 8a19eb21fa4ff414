package dev.tutti.examples.reminders;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.Query;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Request;
import dev.tutti.core.surface.Requester;
import java.util.List;
import java.util.Map;

/** The routes of reminders. */
final class ReminderEndpoints {

  private static final long LONGEST = 31_536_000;

  private final Engine engine;
  private final RemindersSettings settings;

  ReminderEndpoints(Engine engine, RemindersSettings settings) {
    this.engine = engine;
    this.settings = settings;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/reminders", "Lists reminders.", Map.class, this::list),
        Endpoint.put(
            "/reminders/{id}",
            "Sets a reminder.",
            ReminderRequest.class,
            ReminderView.class,
            this::set),
        Endpoint.delete("/reminders/{id}", "Forgets a reminder.", this::forget));
  }

  private Answer list(Request request) {
    List<ReminderView> items =
        engine.store().page(Reminder.KIND, Query.all()).bodies().stream()
            .map(ReminderView::of)
            .toList();
    return Answer.ok(Map.of("items", items));
  }

  private Answer set(Request request) throws InterruptedException {
    String id = request.path("id");
    ReminderRequest asked = request.body(ReminderRequest.class);
    if (asked.inSeconds() < 0 || asked.inSeconds() > LONGEST) {
      throw new Failure.Rejected(
          Problem.of(
              "invalid-reminder", 400, "inSeconds: has to be from 0 to %d.".formatted(LONGEST)));
    }
    boolean another = engine.store().find(Reminder.KIND, id).isEmpty();
    if (another && engine.store().count(Reminder.KIND, Query.all()) >= settings.most()) {
      throw new Failure.Rejected(
          Problem.of(
                  "too-many-reminders",
                  409,
                  "There are %d reminders, more cannot be.".formatted(settings.most()))
              .suggesting("Forget one with `tutti reminder rm`, or raise reminders.most."));
    }
    ReminderMessage.Remind remind =
        new ReminderMessage.Remind(
            asked.text(),
            engine.clock().instant().plusSeconds(asked.inSeconds()),
            Requester.of(request));
    return Answer.ok(
        ReminderView.of(engine.strands().ask(Reminder.owner(id), remind, Reminder.class)));
  }

  private Answer forget(Request request) throws InterruptedException {
    String id = request.path("id");
    if (engine.store().find(Reminder.KIND, id).isEmpty()) {
      throw new Failure.NotFound("reminder", id);
    }
    ReminderMessage.Forget forget = new ReminderMessage.Forget(Requester.of(request));
    engine.strands().tell(Reminder.owner(id), forget);
    return Answer.noContent();
  }
}
