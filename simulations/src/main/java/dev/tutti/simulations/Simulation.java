package dev.tutti.simulations;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A simulation and how far it is. Holds counters and a phase, never its models: their plan is a
 * blob, and only one that ended has a record of its own, a {@link ModelEnd}.
 *
 * @param models how many models it has
 * @param run 1, and one more each time it starts over
 * @param queued whether it came through the queue
 * @param paused whether no further step is to begin
 * @param ends how many models of this run have ended
 * @param restarted models for whose failure it has started over
 * @param doubt what is not known since a restart of Tutti or a broken connection; empty if nothing
 * @param began when its models were first asked for; null while it waits
 * @param ended when it was decided how it ends
 * @param sweep the sweep that it belongs to; empty when to none
 * @param settings what is particular to it in its sweep
 */
public record Simulation(
    String id,
    SimulationRequest request,
    Provenance provenance,
    int models,
    Phase phase,
    int run,
    boolean queued,
    boolean paused,
    Steps steps,
    Verdict verdict,
    ModelEnds ends,
    List<String> restarted,
    String doubt,
    Instant created,
    @Nullable Instant began,
    @Nullable Instant ended,
    String sweep,
    List<SweepSetting> settings) {

  /** The kind of owner that simulations are decided under. */
  public static final String OWNER_KIND = "simulation";

  public static final DocumentKind<Simulation> KIND =
      new DocumentKind<>(
          "simulation",
          Simulation.class,
          s -> new Attributes(s.sweep(), s.request().name(), s.phase().word()),
          // 2: services have a rate, and it may belong to a sweep.
          List.of(body -> body));

  public Simulation {
    restarted = List.copyOf(restarted);
    settings = List.copyOf(settings);
  }

  /**
   * How many models of a run have ended.
   *
   * @param ended all of them
   * @param failed those that ended with an error
   */
  public record ModelEnds(int ended, int failed) {
    static final ModelEnds NONE = new ModelEnds(0, 0);

    ModelEnds and(boolean failure) {
      return new ModelEnds(ended + 1, failure ? failed + 1 : failed);
    }
  }

  static Simulation planned(
      String id,
      SimulationRequest request,
      Provenance provenance,
      int models,
      boolean queued,
      Instant now) {
    return new Simulation(
        id,
        request,
        provenance,
        models,
        Phase.WAITING,
        1,
        queued,
        false,
        Steps.NONE,
        Verdict.OPEN,
        ModelEnds.NONE,
        List.of(),
        "",
        now,
        null,
        null,
        "",
        List.of());
  }

  /** The same as one of a sweep. */
  Simulation in(String itsSweep, List<SweepSetting> itsSettings) {
    return new Simulation(
        id,
        request,
        provenance,
        models,
        phase,
        run,
        queued,
        paused,
        steps,
        verdict,
        ends,
        restarted,
        doubt,
        created,
        began,
        ended,
        itsSweep,
        itsSettings);
  }

  static OwnerRef owner(String id) {
    return new OwnerRef(OWNER_KIND, id);
  }

  OwnerRef owner() {
    return owner(id);
  }

  /** The least state of its models, as the original counts them. */
  public ModelState state() {
    return switch (phase) {
      case WAITING, RESTARTING, DEPLOYING -> ModelState.REGISTERED;
      case PARAMETERISING -> ModelState.DEPLOYED;
      case STEPPING -> stepping();
      case FINISHING, ENDED ->
          verdict.outcome() == Verdict.Outcome.SUCCEEDED
              ? ModelState.TERMINATED_SUCCESSFULL
              : ModelState.TERMINATED_FAILED;
    };
  }

  private ModelState stepping() {
    if (steps.open()) {
      return ModelState.STEP_STARTED;
    }
    return steps.asked() == 0 ? ModelState.PARAMETERIZED : ModelState.STEP_FINISHED;
  }

  /** The state in the words of the original's {@code simulation_status}. */
  public String statusText() {
    return switch (state()) {
      case TERMINATED_FAILED ->
          "(a) model(s) terminated with an error, the simulation has been terminated";
      case REGISTERED -> "all models registered";
      case DEPLOYED -> "all models deployed";
      case PARAMETERIZED -> "all models parameterized";
      case STEP_STARTED ->
          "Calculating time step %d (of %d)".formatted(steps.asked(), request.nrOfTimeSteps());
      case STEP_FINISHED -> "finished calculation step";
      case TERMINATED_SUCCESSFULL -> "the simulation terminated successfully";
    };
  }

  Simulation in(Phase next) {
    return with(next, run, paused, steps, verdict, ends, restarted, doubt, began, ended);
  }

  Simulation beginning(Instant now) {
    return with(Phase.DEPLOYING, run, paused, steps, verdict, ends, restarted, doubt, now, ended);
  }

  Simulation pausing(boolean pause) {
    return with(phase, run, pause, steps, verdict, ends, restarted, doubt, began, ended);
  }

  Simulation at(Steps next) {
    return with(phase, run, paused, next, verdict, ends, restarted, doubt, began, ended);
  }

  Simulation finishing(Verdict how, Instant now) {
    return with(Phase.FINISHING, run, paused, steps, how, ends, restarted, doubt, began, now);
  }

  Simulation judged(Verdict how) {
    return with(phase, run, paused, steps, how, ends, restarted, doubt, began, ended);
  }

  Simulation counting(ModelEnds next) {
    return with(phase, run, paused, steps, verdict, next, restarted, doubt, began, ended);
  }

  Simulation doubting(String what) {
    return with(phase, run, paused, steps, verdict, ends, restarted, what, began, ended);
  }

  /** The models of this run have to go, because of this one. */
  Simulation restarting(String model) {
    List<String> causes = new ArrayList<>(restarted);
    causes.add(model);
    return with(Phase.RESTARTING, run, paused, steps, verdict, ends, causes, "", began, ended);
  }

  /** Everything from the beginning. */
  Simulation startingOver() {
    return with(
        Phase.DEPLOYING,
        run + 1,
        paused,
        Steps.NONE,
        verdict,
        ModelEnds.NONE,
        restarted,
        "",
        began,
        ended);
  }

  private Simulation with(
      Phase nextPhase,
      int nextRun,
      boolean pause,
      Steps nextSteps,
      Verdict nextVerdict,
      ModelEnds nextEnds,
      List<String> causes,
      String nextDoubt,
      @Nullable Instant beganAt,
      @Nullable Instant endedAt) {
    return new Simulation(
        id,
        request,
        provenance,
        models,
        nextPhase,
        nextRun,
        queued,
        pause,
        nextSteps,
        nextVerdict,
        nextEnds,
        causes,
        nextDoubt,
        created,
        beganAt,
        endedAt,
        sweep,
        settings);
  }
}
