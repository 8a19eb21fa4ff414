package dev.tutti.simulations;

import dev.tutti.core.run.Facts;
import dev.tutti.core.run.TimerFired;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happens to a simulation by the clock. */
final class Deadlines {

  private static final int FORGOTTEN_AT_ONCE = 200;
  private static final Duration EXPIRES_AGAIN = Duration.ofSeconds(5);
  private static final int MODELS_NAMED = 10;

  private final SimulationsSettings settings;

  Deadlines(SimulationsSettings settings) {
    this.settings = settings;
  }

  void fired(Course course, Facts facts, SimulationTimer purpose, TimerFired timer) {
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

  /** Gives a phase its full time from now. */
  void renew(Course course, SimulationTimer purpose) {
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
    course.draft().delete(Forgotten.KIND, simulation.id());
    course
        .draft()
        .command(
            SimulationCommand.DISCARD,
            SimulationCommand.besideLane(simulation.id()),
            new SimulationCommand.Discard(
                simulation.id(), simulation.provenance().esdl(), simulation.provenance().plan()));
  }

  /** Ends the simulation, if what has expired is still waited for. */
  void expired(Course course, SimulationMessage.Expired expired) {
    Simulation simulation = course.simulation();
    boolean step = expired.phase() == Phase.STEPPING;
    if (step
        ? !SimulationDecisions.isOpen(course, expired.run(), expired.step())
        : !SimulationDecisions.is(course, expired.run(), expired.phase())) {
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
            Stream.of(
                    what,
                    waitedFor(missing),
                    Explanations.doubt(simulation, expired.mute()),
                    expired.phase() == Phase.STEPPING
                        ? Explanations.rateTrouble(simulation, expired.mute())
                        : "")
                .filter(sentence -> !sentence.isBlank())
                .collect(Collectors.joining(" ")),
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
}
