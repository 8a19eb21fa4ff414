package dev.tutti.simulations;

import dev.tutti.core.Failure;
import dev.tutti.core.Message;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.Problem;
import dev.tutti.core.run.Decision;
import dev.tutti.core.run.Facts;
import dev.tutti.core.run.OwnerBehaviour;
import dev.tutti.core.run.TimerFired;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The state machine of a simulation: what each message means, without effects.
 *
 * <p>Invariants: a step is asked for once, and only when the one before it is finished; how a
 * simulation ends is decided once; its models are told of the end, and then the MSO, whatever the
 * end is; every phase in which something is waited for has a timer.
 */
final class SimulationDecisions implements OwnerBehaviour {

  private static final int FORGOTTEN_AT_ONCE = 200;
  private static final Duration EXPIRES_AGAIN = Duration.ofSeconds(5);
  private static final int MODELS_NAMED = 10;

  private final SimulationsSettings settings;

  SimulationDecisions(SimulationsSettings settings) {
    this.settings = settings;
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
              .ifPresent(purpose -> fired(course, facts, purpose, timer));
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
      case SimulationMessage.Expired expired -> expired(course, expired);
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

  private static boolean is(Course course, int run, Phase phase) {
    return course.simulation().run() == run && course.simulation().phase() == phase;
  }

  private static boolean isOpen(Course course, int run, int step) {
    Steps steps = course.simulation().steps();
    return is(course, run, Phase.STEPPING) && steps.open() && steps.asked() == step;
  }

  // ---- what goes wrong

  private void expired(Course course, SimulationMessage.Expired expired) {
    Simulation simulation = course.simulation();
    boolean step = expired.phase() == Phase.STEPPING;
    if (step
        ? !isOpen(course, expired.run(), expired.step())
        : !is(course, expired.run(), expired.phase())) {
      return;
    }
    String what =
        switch (expired.phase()) {
          case STEPPING ->
              "Step %d of %d was not finished within %s."
                  .formatted(
                      expired.step(),
                      simulation.request().nrOfTimeSteps(),
                      words(course.stepLimit()));
          case PARAMETERISING ->
              "The models had not all taken their parameters within %s."
                  .formatted(words(course.stepLimit()));
          default ->
              "The models were not all ready within %s.".formatted(words(settings.deployTimeout()));
        };
    List<String> missing = expired.waitingFor();
    course.finish(
        new Verdict(
            Verdict.Outcome.TIMED_OUT,
            "%s %s %s".formatted(what, waitedFor(missing), simulation.doubt()).strip(),
            missing.size() == 1 ? missing.getFirst() : ""));
  }

  private static String waitedFor(List<String> models) {
    if (models.isEmpty()) {
      return "";
    }
    String named = String.join(", ", models.subList(0, Math.min(MODELS_NAMED, models.size())));
    int more = models.size() - MODELS_NAMED;
    return "Nothing was heard of %s%s."
        .formatted(named, more > 0 ? " and %d more".formatted(more) : "");
  }

  private static String words(Duration duration) {
    return duration.toMillis() % 60_000 == 0 && !duration.isZero()
        ? duration.toMinutes() + " min"
        : duration.toMillis() / 1000.0 + " s";
  }

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
      case DEPLOYING -> renew(course, SimulationTimer.DEPLOY);
      case PARAMETERISING -> renew(course, SimulationTimer.PARAMETERS);
      case STEPPING -> {
        if (simulation.steps().open()) {
          renew(course, SimulationTimer.STEP);
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

  private void fired(Course course, Facts facts, SimulationTimer purpose, TimerFired timer) {
    Simulation simulation = course.simulation();
    Optional<Phase> limited = purpose.limits();
    if (limited.isPresent()) {
      if (!limited.get().equals(simulation.phase())) {
        return;
      }
      if (course.now().isAfter(timer.due().plus(SimulationTimer.UNWATCHED))) {
        renew(course, purpose);
        return;
      }
      // Again, until it is decided: who was waited for is known outside, and that can get lost.
      course.timer(purpose, EXPIRES_AGAIN);
      course
          .draft()
          .command(
              SimulationCommand.EXPIRE,
              SimulationCommand.besideLane(simulation.id()),
              new SimulationCommand.Expire(
                  simulation.id(),
                  simulation.run(),
                  simulation.phase(),
                  simulation.steps().asked()));
      return;
    }
    switch (purpose) {
      case FINISH -> finishTimeout(course);
      case FORGET -> forget(course, facts);
      case DEPLOY, PARAMETERS, STEP -> {}
    }
  }

  private void renew(Course course, SimulationTimer purpose) {
    course.timer(
        purpose, purpose == SimulationTimer.DEPLOY ? settings.deployTimeout() : course.stepLimit());
  }

  private static void finishTimeout(Course course) {
    switch (course.simulation().phase()) {
      case FINISHING ->
          course.gone("Not all models of simulation %s have said that they are gone.");
      case RESTARTING ->
          course.finish(
              new Verdict(
                  Verdict.Outcome.FAILED,
                  "It could not start over: the models of run %d did not go."
                      .formatted(course.simulation().run()),
                  ""));
      case WAITING, DEPLOYING, PARAMETERISING, STEPPING, ENDED -> {}
    }
  }

  private static void forget(Course course, Facts facts) {
    Simulation simulation = course.simulation();
    List<ModelEnd> ends =
        facts.children(ModelEnd.KIND, simulation.id(), Set.of(), "", FORGOTTEN_AT_ONCE);
    ends.forEach(end -> course.draft().delete(ModelEnd.KIND, end.id()));
    if (ends.size() == FORGOTTEN_AT_ONCE) {
      course.timer(SimulationTimer.FORGET, Duration.ZERO);
      return;
    }
    course.draft().delete(Simulation.KIND, simulation.id());
    course
        .draft()
        .command(
            SimulationCommand.DISCARD,
            SimulationCommand.besideLane(simulation.id()),
            new SimulationCommand.Discard(
                simulation.id(), simulation.provenance().esdl(), simulation.provenance().plan()));
  }
}
