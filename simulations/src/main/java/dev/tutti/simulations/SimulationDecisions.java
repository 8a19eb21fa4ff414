package dev.tutti.simulations;

import dev.tutti.core.Failure;
import dev.tutti.core.Message;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.Problem;
import dev.tutti.core.run.Decision;
import dev.tutti.core.run.Facts;
import dev.tutti.core.run.OwnerBehaviour;
import dev.tutti.core.run.TimerFired;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The state machine of a simulation: what each message means, without effects.
 *
 * <p>Invariants: a step is asked for once, and only when the one before it is finished; how a
 * simulation ends is decided once; its models are told of the end, and then the MSO, whatever the
 * end is; every phase in which something is waited for has a timer.
 */
final class SimulationDecisions implements OwnerBehaviour {

  private final SimulationsSettings settings;
  private final Deadlines deadlines;

  SimulationDecisions(SimulationsSettings settings) {
    this.settings = settings;
    this.deadlines = new Deadlines(settings);
  }

  @Override
  public String kind() {
    return Simulation.OWNER_KIND;
  }

  @Override
  public Decision decide(OwnerRef owner, Facts facts, Message message, Instant now) {
    if (message instanceof SimulationMessage.Create(Simulation planned)) {
      return create(facts, planned, now);
    }
    Optional<Simulation> known = facts.find(Simulation.KIND, owner.id());
    if (known.isEmpty()) {
      return unknown(owner, message);
    }
    Course course = new Course(settings, known.get(), now);
    switch (message) {
      case SimulationMessage said -> said(course, facts, said);
      case TimerFired timer ->
          SimulationTimer.parse(timer.name())
              .ifPresent(purpose -> deadlines.fired(course, facts, purpose, timer));
      default -> {}
    }
    return course.decided();
  }

  private static Decision unknown(OwnerRef owner, Message message) {
    return switch (message) {
      case SimulationMessage.Cancel _, SimulationMessage.Pause _, SimulationMessage.Resume _ ->
          throw new Failure.NotFound("simulation", owner.id());
      default -> Decision.draft().reply("unknown").decided();
    };
  }

  private Decision create(Facts facts, Simulation planned, Instant now) {
    if (facts.find(Simulation.KIND, planned.id()).isPresent()) {
      throw new Failure.Rejected(
          Problem.of(
                  "simulation-exists",
                  409,
                  "There is a simulation '%s' already.".formatted(planned.id()))
              .suggesting("Ask again: each request gets an id of its own."));
    }
    Course course = new Course(settings, planned, now);
    begin(course);
    return course.decided();
  }

  private void said(Course course, Facts facts, SimulationMessage message) {
    switch (message) {
      case SimulationMessage.Create _ -> {}
      case SimulationMessage.Begin _ -> begin(course);
      case SimulationMessage.ModelsReady _ -> ready(course);
      case SimulationMessage.AllAnnounced(int run) -> announced(course, run);
      case SimulationMessage.ParametersDue due -> parametersDue(course, due);
      case SimulationMessage.AllParameterized(int run) -> parameterised(course, run);
      case SimulationMessage.StepFinished finished -> stepFinished(course, finished);
      case SimulationMessage.StepMissed missed -> stepMissed(course, missed);
      case SimulationMessage.Expired expired -> deadlines.expired(course, expired);
      case SimulationMessage.ModelEnded ended -> new ModelEndings(course, facts).ended(ended);
      case SimulationMessage.ErrorOccurred error -> new ModelEndings(course, facts).failed(error);
      case SimulationMessage.Explained why -> new ModelEndings(course, facts).explained(why);
      case SimulationMessage.Unhealthy(String model) -> unhealthy(course, model);
      case SimulationMessage.AllEnded _ -> allEnded(course);
      case SimulationMessage.InDoubt doubt -> inDoubt(course, doubt);
      case SimulationMessage.InputsLost lost -> inputsLost(course, lost);
      case SimulationMessage.Cancel _ -> cancel(course);
      case SimulationMessage.Pause _ -> pause(course, true);
      case SimulationMessage.Resume _ -> pause(course, false);
      case SimulationMessage.Recover _ -> recover(course);
    }
  }

  // ---- from the beginning to the last step

  private static void begin(Course course) {
    if (course.simulation().phase() == Phase.WAITING) {
      course.change(course.simulation().beginning(course.now()));
      course.deploy();
    }
  }

  private static void ready(Course course) {
    if (course.simulation().phase() == Phase.DEPLOYING) {
      course.parameterise();
    }
  }

  private static void announced(Course course, int run) {
    if (course.simulation().run() == run) {
      ready(course);
    }
  }

  private static void parametersDue(Course course, SimulationMessage.ParametersDue due) {
    if (is(course, due.run(), Phase.PARAMETERISING)) {
      course.parameters(due.from(), due.count());
    }
  }

  private static void parameterised(Course course, int run) {
    if (is(course, run, Phase.PARAMETERISING)) {
      course.step();
    }
  }

  private static void stepFinished(Course course, SimulationMessage.StepFinished finished) {
    if (!isOpen(course, finished.run(), finished.step())) {
      return;
    }
    Simulation simulation = course.simulation();
    course.change(simulation.at(simulation.steps().finish(finished.report())).doubting(""));
    StepReport report = finished.report();
    if (report.late() + report.duplicate() > 0) {
      course.journal(
          "simulation.unexpected-answers",
          "",
          "Models of simulation %s said %d times too late and %d times again that they were done (step %d)."
              .formatted(simulation.id(), report.late(), report.duplicate(), finished.step()),
          Map.of("late", report.late(), "duplicate", report.duplicate(), "step", finished.step()));
    }
    course.next();
  }

  private static void stepMissed(Course course, SimulationMessage.StepMissed missed) {
    if (isOpen(course, missed.run(), missed.step())) {
      course.newStep(missed.models());
    }
  }

  static boolean is(Course course, int run, Phase phase) {
    return course.simulation().run() == run && course.simulation().phase() == phase;
  }

  static boolean isOpen(Course course, int run, int step) {
    Steps steps = course.simulation().steps();
    return is(course, run, Phase.STEPPING) && steps.open() && steps.asked() == step;
  }

  // ---- what goes wrong

  private static void unhealthy(Course course, String model) {
    if (course.simulation().phase().open()) {
      course.journal(
          "simulation.unhealthy-model",
          model,
          "Model %s of simulation %s runs, but makes no progress."
              .formatted(model, course.simulation().id()),
          Map.of("model", model));
    }
  }

  private static void inDoubt(Course course, SimulationMessage.InDoubt doubt) {
    Simulation simulation = course.simulation();
    if (simulation.run() != doubt.run() || !simulation.phase().open()) {
      return;
    }
    course.change(simulation.doubting(doubt.what()));
    course.journal(
        "simulation.in-doubt", "Simulation %s: %s".formatted(simulation.id(), doubt.what()));
    findOut(course);
  }

  private static void inputsLost(Course course, SimulationMessage.InputsLost lost) {
    if (course.simulation().run() == lost.run() && course.simulation().phase().open()) {
      course.finish(new Verdict(Verdict.Outcome.FAILED, lost.what(), ""));
    }
  }

  private static void allEnded(Course course) {
    Simulation simulation = course.simulation();
    switch (simulation.phase()) {
      case FINISHING -> course.gone("All models of simulation %s are gone.");
      case RESTARTING -> {
        course.draft().cancelTimer(SimulationTimer.FINISH.name());
        course.change(simulation.startingOver());
        course.deploy();
      }
      case PARAMETERISING, STEPPING ->
          course.finish(
              new Verdict(Verdict.Outcome.FAILED, "All models ended before the simulation.", ""));
      // While models are deployed it may be the end of an earlier run, told again.
      case WAITING, DEPLOYING, ENDED -> {}
    }
  }

  // ---- what people want

  private static void cancel(Course course) {
    Verdict cancelled = new Verdict(Verdict.Outcome.CANCELLED, "It was cancelled.", "");
    if (course.simulation().phase() == Phase.WAITING) {
      course.drop(cancelled);
    } else if (course.simulation().phase().open()) {
      course.finish(cancelled);
    }
  }

  private static void pause(Course course, boolean paused) {
    Simulation simulation = course.simulation();
    if (!simulation.phase().open()) {
      throw new Failure.Rejected(
          Problem.of("simulation-over", 409, "Simulation %s is over.".formatted(simulation.id())));
    }
    if (simulation.paused() == paused) {
      return;
    }
    course.change(simulation.pausing(paused));
    course.journal(
        paused ? "simulation.paused" : "simulation.resumed",
        "Simulation %s %s."
            .formatted(
                simulation.id(),
                paused ? "is held before its next step" : "goes on with its steps"));
    if (!paused && simulation.phase() == Phase.STEPPING && !simulation.steps().open()) {
      course.next();
    }
  }

  // ---- restarts and clocks

  private void recover(Course course) {
    Simulation simulation = course.simulation();
    switch (simulation.phase()) {
      case DEPLOYING -> deadlines.renew(course, SimulationTimer.DEPLOY);
      case PARAMETERISING -> deadlines.renew(course, SimulationTimer.PARAMETERS);
      case STEPPING -> {
        if (simulation.steps().open()) {
          deadlines.renew(course, SimulationTimer.STEP);
          course.change(
              simulation.doubting(
                  "Tutti was restarted during step %d, and models that are not written with its SDK cannot say what they had finished before."
                      .formatted(simulation.steps().asked())));
        }
      }
      case WAITING, RESTARTING, FINISHING, ENDED -> {}
    }
    findOut(course);
  }

  /** What cannot be known from the document alone is asked for. */
  private static void findOut(Course course) {
    switch (course.simulation().phase()) {
      case DEPLOYING -> course.ask();
      case PARAMETERISING -> course.parameters();
      case STEPPING -> {
        if (course.simulation().steps().open()) {
          course.ask();
        }
      }
      case WAITING, RESTARTING, FINISHING, ENDED -> {}
    }
  }
}
