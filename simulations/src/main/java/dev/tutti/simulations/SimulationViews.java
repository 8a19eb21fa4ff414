package dev.tutti.simulations;

import dev.tutti.api.SimulatedModelView;
import dev.tutti.api.SimulationPlanView;
import dev.tutti.api.SimulationView;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Simulations as our API shows them. */
final class SimulationViews {

  /** Names of the models that are waited for; a person reads no more. */
  private static final int SHOWN_MODELS = 20;

  private static final double MICROS_PER_MILLI = 1_000;

  private SimulationViews() {}

  /**
   * One simulation.
   *
   * @param waiting ids of the queue, the next one first
   * @param waitedFor ids of the models that everybody waits for
   */
  static SimulationView of(Simulation simulation, List<String> waiting, List<String> waitedFor) {
    SimulationRequest request = simulation.request();
    Verdict verdict = simulation.verdict();
    return new SimulationView(
        simulation.id(),
        request.name(),
        simulation.phase().word(),
        verdict.outcome().word(),
        verdict.reason(),
        verdict.model(),
        simulation.paused(),
        simulation.queued(),
        waiting.indexOf(simulation.id()) + 1,
        request.priority(),
        simulation.run(),
        simulation.models(),
        clock(simulation),
        waitedFor.subList(0, Math.min(SHOWN_MODELS, waitedFor.size())),
        waitedFor.size(),
        simulation.doubt(),
        origin(simulation),
        simulation.created(),
        simulation.began(),
        simulation.ended(),
        simulation.sweep(),
        simulation.settings().stream()
            .map(setting -> new SimulationView.Setting(setting.name(), setting.value()))
            .toList());
  }

  private static SimulationView.Clock clock(Simulation simulation) {
    SimulationRequest request = simulation.request();
    Steps steps = simulation.steps();
    return new SimulationView.Clock(
        steps.asked(),
        steps.finished(),
        request.nrOfTimeSteps(),
        request.timeStepSeconds(),
        request.startDate(),
        request.zone().getId(),
        steps.open() ? steps.openedAt() : null,
        steps.lastMicros() / MICROS_PER_MILLI,
        millis(steps.mean()),
        steps.longestMicros() / MICROS_PER_MILLI,
        steps.slowest(),
        left(simulation),
        steps.late(),
        steps.duplicate());
  }

  private static @Nullable Double left(Simulation simulation) {
    Steps steps = simulation.steps();
    return steps.finished() == 0 || !simulation.phase().open()
        ? null
        : millis(steps.mean()) * (simulation.request().nrOfTimeSteps() - steps.finished());
  }

  private static SimulationView.Origin origin(Simulation simulation) {
    Provenance provenance = simulation.provenance();
    return new SimulationView.Origin(
        provenance.version(),
        provenance.esdl(),
        provenance.plan(),
        provenance.images(),
        provenance.seed(),
        simulation.request().calculationServices().stream()
            .map(s ->
                new SimulationView.Service(
                    s.esdlType(),
                    s.calcServiceName(),
                    s.serviceImageUrl(),
                    s.nrOfModels(),
                    s.onModelFailure().name().toLowerCase(Locale.ROOT),
                    s.every()))
            .toList());
  }

  static SimulatedModelView model(SimulatedModel model) {
    return new SimulatedModelView(
        model.plan().modelId(),
        model.plan().service(),
        model.plan().image(),
        model.plan().esdlIds().size(),
        model.state().word(),
        model.waitedFor(),
        model.every(),
        millis(model.lastAnswer()),
        model.end().map(ModelEnd::exitCode).orElse(null),
        model.end().map(ModelEnd::reason).orElse(""),
        model.lastLines());
  }

  static SimulationPlanView plan(SimulationRequest request, Plan plan) {
    return new SimulationPlanView(
        plan.idStem(),
        plan.models().stream().map(model -> model(request, plan, model)).toList(),
        plan.warnings(),
        plan.esdlBytes(),
        request.nrOfTimeSteps(),
        Traffic.messagesPerStep(plan),
        Traffic.messages(plan, request),
        Traffic.esdlBytes(plan));
  }

  private static SimulationPlanView.Model model(
      SimulationRequest request, Plan plan, PlannedModel model) {
    return new SimulationPlanView.Model(
        model.modelId(),
        SimulationNames.podName(plan.idStem(), model.modelId()),
        model.service(),
        model.image(),
        model.esdlIds(),
        request.every(model.service()));
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
