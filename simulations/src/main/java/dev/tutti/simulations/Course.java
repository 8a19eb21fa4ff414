package dev.tutti.simulations;

import dev.tutti.core.run.Decision;
import dev.tutti.core.store.CommandKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Collects what one message changes in one simulation, and knows what a phase begins and ends with.
 * Lives as long as one decision.
 */
final class Course {

  private final SimulationsSettings settings;
  private final Instant now;
  private final Simulation before;
  private final Decision.Draft draft = Decision.draft();
  private Simulation simulation;

  Course(SimulationsSettings settings, Simulation simulation, Instant now) {
    this.settings = settings;
    this.now = now;
    this.before = simulation;
    this.simulation = simulation;
  }

  Simulation simulation() {
    return simulation;
  }

  Decision.Draft draft() {
    return draft;
  }

  Instant now() {
    return now;
  }

  void change(Simulation next) {
    simulation = next;
  }

  void journal(String type, String subject, String text, Map<String, Object> data) {
    draft.journal(type, subject, text, data);
  }

  void journal(String type, String text) {
    journal(type, "", text, Map.of());
  }

  void timer(SimulationTimer timer, Duration in) {
    draft.timer(timer.name(), now.plus(in));
  }

  // ---- the phases, in their order

  /** DEPLOYING: asks the MSO for the models. */
  void deploy() {
    timer(SimulationTimer.DEPLOY, settings.deployTimeout());
    add(SimulationCommand.DEPLOY, ofRun());
    journal(
        "simulation.deploying",
        "",
        "Simulation %s asks for %d models.".formatted(simulation.id(), simulation.models()),
        Map.of("models", simulation.models(), "run", simulation.run()));
  }

  /** PARAMETERISING, once all models are ready. */
  void parameterise() {
    change(simulation.in(Phase.PARAMETERISING));
    draft.cancelTimer(SimulationTimer.DEPLOY.name());
    timer(SimulationTimer.PARAMETERS, stepLimit());
    parameters();
    journal(
        "simulation.deployed", "All models of simulation %s are ready.".formatted(simulation.id()));
  }

  /** ModelParameters from the first model on. */
  void parameters() {
    parameters(0, settings.parametersAtOnce());
  }

  void parameters(int from, int count) {
    add(
        SimulationCommand.PARAMETERS,
        new SimulationCommand.Parameters(simulation.id(), simulation.run(), from, count));
  }

  /** STEPPING, once all models have their parameters. */
  void step() {
    change(simulation.in(Phase.STEPPING).doubting(""));
    draft.cancelTimer(SimulationTimer.PARAMETERS.name());
    journal(
        "simulation.parameterised",
        "All models of simulation %s have their parameters.".formatted(simulation.id()));
    next();
  }

  /** The next step, unless the simulation is paused or there is none. */
  void next() {
    if (simulation.steps().asked() >= simulation.request().nrOfTimeSteps()) {
      finish(new Verdict(Verdict.Outcome.SUCCEEDED, "", ""));
    } else if (simulation.paused()) {
      draft.cancelTimer(SimulationTimer.STEP.name());
      journal(
          "simulation.held",
          "Simulation %s is held after step %d."
              .formatted(simulation.id(), simulation.steps().finished()));
    } else {
      change(simulation.at(simulation.steps().ask(now)));
      timer(SimulationTimer.STEP, stepLimit());
      newStep(List.of());
    }
  }

  /** Tells models to calculate the step that is open: these, or all when none is named. */
  void newStep(List<String> only) {
    int step = simulation.steps().asked();
    add(
        SimulationCommand.NEW_STEP,
        new SimulationCommand.NewStep(
            simulation.id(),
            simulation.run(),
            step,
            ModelJson.newStep(simulation.request(), step),
            only));
  }

  /** Asks models where they are, in a phase or step whose roll is lost. */
  void ask() {
    int step = simulation.phase() == Phase.STEPPING ? simulation.steps().asked() : 0;
    add(SimulationCommand.ASK, new SimulationCommand.Ask(simulation.id(), simulation.run(), step));
  }

  /** RESTARTING, because of a model. */
  void restart(String model, String why) {
    cancelPhase();
    change(simulation.restarting(model));
    timer(SimulationTimer.FINISH, settings.finishTimeout());
    add(SimulationCommand.END, ofRun());
    journal(
        "simulation.restarting",
        "",
        "Simulation %s starts over: %s".formatted(simulation.id(), why),
        Map.of("model", model, "run", simulation.run()));
  }

  /** FINISHING: it is decided how it ends. */
  void finish(Verdict how) {
    cancelPhase();
    change(simulation.finishing(how, now));
    timer(SimulationTimer.FINISH, settings.finishTimeout());
    add(SimulationCommand.END, ofRun());
    over(how);
    if (!settings.queueWaitsForModels()) {
      leaveQueue();
    }
  }

  /** ENDED without ever having begun. */
  void drop(Verdict how) {
    change(simulation.finishing(how, now).in(Phase.ENDED));
    over(how);
    timer(SimulationTimer.FORGET, settings.retention());
    leaveQueue();
  }

  private void over(Verdict how) {
    String end =
        switch (how.outcome()) {
          case OPEN -> throw new IllegalArgumentException("an end needs an outcome");
          case SUCCEEDED -> "succeeded";
          case FAILED -> "failed";
          case TIMED_OUT -> "took too long";
          case CANCELLED -> "was cancelled";
        };
    journal(
        "simulation.ended",
        "",
        "Simulation %s %s. %s".formatted(simulation.id(), end, how.reason()).strip(),
        Map.of(
            "outcome", how.outcome().word(),
            "reason", how.reason(),
            "model", how.model(),
            "steps", simulation.steps().finished()));
  }

  /** ENDED: its models are gone, or nobody waits for them any more. */
  void gone(String text) {
    change(simulation.in(Phase.ENDED));
    draft.cancelTimer(SimulationTimer.FINISH.name());
    timer(SimulationTimer.FORGET, settings.retention());
    journal("simulation.gone", text.formatted(simulation.id()));
    if (settings.queueWaitsForModels()) {
      leaveQueue();
    }
  }

  private void leaveQueue() {
    if (simulation.queued()) {
      // A lane beside: the queue goes on also when the broker is away.
      draft.command(
          SimulationCommand.LEAVE,
          SimulationCommand.besideLane(simulation.id()),
          new SimulationCommand.OfSimulation(simulation.id()));
    }
  }

  private void cancelPhase() {
    switch (simulation.phase()) {
      case DEPLOYING -> draft.cancelTimer(SimulationTimer.DEPLOY.name());
      case PARAMETERISING -> draft.cancelTimer(SimulationTimer.PARAMETERS.name());
      case STEPPING -> draft.cancelTimer(SimulationTimer.STEP.name());
      case RESTARTING, FINISHING -> draft.cancelTimer(SimulationTimer.FINISH.name());
      case WAITING, ENDED -> {}
    }
  }

  /** How long a step, and the parameters phase, may take. */
  Duration stepLimit() {
    double millis = simulation.request().maxStepCalcTimeMinutes() * 60_000;
    return Duration.ofMillis(Math.max(1, Math.round(millis)));
  }

  SimulationCommand.OfRun ofRun() {
    return new SimulationCommand.OfRun(simulation.id(), simulation.run());
  }

  <T extends Record> void add(CommandKind<T> kind, T body) {
    SimulationCommand.add(draft, kind, simulation.id(), body);
  }

  /** What follows from all of it; the simulation as it is then is the reply. */
  Decision decided() {
    if (!simulation.equals(before)) {
      draft.put(Simulation.KIND, simulation.id(), simulation);
    }
    return draft.reply(simulation).decided();
  }
}
