package dev.tutti.cli;

import dev.tutti.api.SimulatedModelView;
import dev.tutti.api.SimulationExplanation;
import dev.tutti.api.SimulationPlanView;
import dev.tutti.api.SimulationView;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How simulations look to a person. */
final class SimulationTexts {
  private final Clock clock;

  SimulationTexts(Clock clock) {
    this.clock = clock;
  }

  Table<SimulationView> table() {
    return new Table<>(
        List.of(
            Column.of("SIMULATION", SimulationView::id),
            Column.state(SimulationTexts::state),
            Column.of("STEP", s -> s.clock().finished() + "/" + s.clock().steps()),
            Column.of("MODELS", s -> Integer.toString(s.models())),
            Column.of("AGE", s -> Age.of(Duration.between(s.created(), clock.instant()))),
            Column.shrinking("REASON", SimulationView::reason),
            Column.extra("NAME", SimulationView::name),
            Column.extra("PRIORITY", s -> Integer.toString(s.priority())),
            Column.extra("RUN", s -> Integer.toString(s.run())),
            Column.extra("SWEEP", SimulationView::sweep),
            Column.extra("ESDL", s -> s.origin().esdl())));
  }

  Details details(SimulationView simulation) {
    SimulationView.Clock time = simulation.clock();
    List<String> services = new ArrayList<>();
    for (SimulationView.Service service : simulation.origin().services()) {
      services.add(
          "%s: %s, %s, %s, on failure %s%s"
              .formatted(
                  service.name(),
                  service.esdlType(),
                  service.image(),
                  service.models() == 0
                      ? "a model per object"
                      : "at most " + Views.count(service.models(), "model"),
                  service.onModelFailure(),
                  service.every() > 1 ? ", every %d steps".formatted(service.every()) : ""));
    }
    return new Details(clock.getZone())
        .line("simulation", simulation.id())
        .line("name", simulation.name())
        .state(state(simulation))
        .line("reason", simulation.reason())
        .line("model to blame", simulation.model())
        .line("place in queue", simulation.place() == 0 ? "" : simulation.place())
        .line("priority", simulation.priority() == 0 ? "" : simulation.priority())
        .line("run", simulation.run() == 1 ? "" : simulation.run())
        .line("models", simulation.models())
        .line("steps", "%d of %d".formatted(time.finished(), time.steps()))
        .line("step", stepTimes(time))
        .line("time left", left(simulation))
        .line("waiting for", waitingFor(simulation))
        .line("in doubt", simulation.doubt())
        .line(
            "simulated time",
            "from %s (%s), %d s a step".formatted(time.start(), time.zone(), time.stepSeconds()))
        .block("services", services)
        .line("sweep", simulation.sweep())
        .block(
            "parameters",
            simulation.settings().stream()
                .map(setting -> setting.name() + " = " + setting.value())
                .toList())
        .line("esdl", simulation.origin().esdl())
        .line("seed", simulation.origin().seed())
        .line("version", simulation.origin().version())
        .line("created", simulation.created())
        .line("began", simulation.began())
        .line("ended", simulation.ended());
  }

  /** How it ended, once that is known, else its state. */
  static String state(SimulationView simulation) {
    String word = ended(simulation) ? simulation.outcome() : simulation.state();
    return simulation.paused() && !ended(simulation) ? word + " (paused)" : word;
  }

  static boolean ended(SimulationView simulation) {
    return simulation.state().equals("ended");
  }

  static String stepTimes(SimulationView.Clock time) {
    return time.finished() == 0
        ? ""
        : "%s (mean %s, longest %s)"
            .formatted(
                millis(time.lastMillis()), millis(time.meanMillis()), millis(time.longestMillis()));
  }

  static String left(SimulationView simulation) {
    Double left = simulation.clock().leftMillis();
    return left == null || ended(simulation) ? "" : span(left);
  }

  static String waitingFor(SimulationView simulation) {
    int more = simulation.waitingForInAll() - simulation.waitingFor().size();
    String names = String.join(", ", simulation.waitingFor());
    return more > 0 ? names + " and " + more + " more" : names;
  }

  Table<SimulatedModelView> models() {
    return new Table<>(
        List.of(
            Column.of("MODEL", SimulatedModelView::model),
            Column.state(SimulatedModelView::state),
            Column.of("WAITED FOR", m -> m.waitedFor() ? "yes" : ""),
            Column.of("ANSWER", m -> m.lastAnswerMillis() == 0 ? "" : millis(m.lastAnswerMillis())),
            Column.of("OBJECTS", m -> Integer.toString(m.objects())),
            Column.extra("EVERY", m -> Integer.toString(m.every())),
            Column.of("EXIT", m -> m.exitCode() == null ? "" : m.exitCode().toString()),
            Column.shrinking("REASON", SimulatedModelView::reason)));
  }

  Details explanation(SimulationExplanation explanation) {
    Details details =
        new Details(clock.getZone())
            .line("simulation", explanation.id())
            .block("why", explanation.sentences());
    for (SimulatedModelView model : explanation.troubled()) {
      details
          .line("model", model.model())
          .line("exit", model.exitCode())
          .line("reason", model.reason())
          .block("last lines", model.lastLines());
    }
    return details;
  }

  static Table<SimulationPlanView.Model> planned() {
    return new Table<>(
        List.of(
            Column.of("MODEL", SimulationPlanView.Model::model),
            Column.of("OBJECTS", m -> Integer.toString(m.objects().size())),
            Column.of("EVERY", m -> m.every() > 1 ? m.every() + " steps" : "step"),
            Column.shrinking("IMAGE", SimulationPlanView.Model::image),
            Column.shrinking("POD", SimulationPlanView.Model::name)));
  }

  Details plan(SimulationPlanView plan) {
    return new Details(clock.getZone())
        .line("id", plan.idStem() + "-…")
        .line("models", plan.models().size())
        .line("steps", plan.steps())
        .line(
            "messages",
            "%d per step%s, %d in all, beside what models send each other"
                .formatted(
                    plan.messagesPerStep(),
                    plan.models().stream().anyMatch(model -> model.every() > 1)
                        ? " of all models"
                        : "",
                    plan.messages()))
        .line(
            "esdl",
            "%s, %s to all models together"
                .formatted(bytes(plan.esdlBytes()), bytes(plan.parameterBytes())))
        .block("warnings", plan.warnings());
  }

  static String millis(double millis) {
    return millis < 10_000
        ? String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis)
        : span(millis);
  }

  private static String span(double millis) {
    long seconds = Math.round(millis / 1000);
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? "%d min %02d s".formatted(seconds / 60, seconds % 60)
        : "%d h %02d min".formatted(seconds / 3600, seconds % 3600 / 60);
  }

  private static String bytes(long bytes) {
    if (bytes < 10_000) {
      return bytes + " bytes";
    }
    return bytes < 10_000_000 ? Math.round(bytes / 1e3) + " kB" : Math.round(bytes / 1e6) + " MB";
  }
}
