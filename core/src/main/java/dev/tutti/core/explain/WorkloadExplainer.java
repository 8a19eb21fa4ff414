package dev.tutti.core.explain;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.Health;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.LaneStatus;
import dev.tutti.core.store.Document;
import dev.tutti.core.workload.Workload;
import dev.tutti.core.workload.WorkloadCommand;
import java.util.Optional;

/** Explains workloads: what the backplane has to do with them, or how they ended. */
public final class WorkloadExplainer implements Explainer {

  private final Engine engine;
  private final Backplane backplane;
  private final Workings workings;

  public WorkloadExplainer(Engine engine, Backplane backplane) {
    this.engine = engine;
    this.backplane = backplane;
    this.workings = new Workings(engine);
  }

  @Override
  public String kind() {
    return "workload";
  }

  @Override
  public String plural() {
    return "workloads";
  }

  @Override
  public Explanation explain(String id) {
    Document<Workload> document =
        engine
            .store()
            .find(Workload.KIND, id)
            .orElseThrow(() -> new Failure.NotFound("workload", id));
    Workload workload = document.body();
    Explanation.Draft draft = Explanation.of(kind(), id);
    switch (workload.state()) {
      case PLANNED ->
          draft.state("planned", workload.created(), "It is decided on and not started yet.");
      case STARTING ->
          draft.state(
              "starting", document.updated(), "The backplane is bringing it up." + why(workload));
      case RUNNING ->
          draft.state(
              "running",
              workload.started(),
              workload.stopping() ? "It runs, and was asked to stop." : "It runs.");
      case ENDED, REMOVED ->
          draft.state(
              workload.state().word(),
              workload.ended(),
              "It ended with exit code %s%s."
                  .formatted(
                      workload.exitCode(),
                      workload.reason().isEmpty() ? "" : ": " + workload.reason()));
    }
    workings.strand(draft, workload.owner());
    describe(draft, workload);
    workings.history(draft, workload.owner(), workload.subject());
    return draft.explained();
  }

  private static String why(Workload workload) {
    return workload.reason().isEmpty() ? "" : " It says: " + workload.reason() + ".";
  }

  /** What its lane and the backplane say, and how it ended: also part of what it runs for. */
  public void describe(Explanation.Draft draft, Workload workload) {
    Optional<LaneStatus> lane = workings.lane(draft, "workload/" + workload.id());
    switch (workload.state()) {
      case PLANNED -> planned(draft, workload, lane);
      case STARTING ->
          draft.waits(
              "backplane",
              "The %s backplane is bringing it up.%s".formatted(backplane.name(), why(workload)),
              workload.created(),
              null);
      case RUNNING -> stopping(draft, workload, lane);
      case ENDED, REMOVED -> ended(draft, workload, lane);
    }
  }

  private void planned(Explanation.Draft draft, Workload workload, Optional<LaneStatus> lane) {
    String start =
        lane.filter(l -> l.command().equals(WorkloadCommand.START.name()))
            .map(Workings::tries)
            .orElse("its command to start is on the way");
    draft.waits(
        "backplane",
        "The %s backplane has to start it; %s.".formatted(backplane.name(), start),
        workload.created(),
        null);
    adviseOnBackplane(draft, lane);
  }

  private void stopping(Explanation.Draft draft, Workload workload, Optional<LaneStatus> lane) {
    if (workload.stopping()) {
      draft.waits(
          "end",
          "It was asked to end, and is killed when its grace is over; %s."
              .formatted(lane.map(Workings::tries).orElse("its end is on the way here")),
          lane.map(LaneStatus::since).orElse(null),
          null);
      adviseOnBackplane(draft, lane);
    }
  }

  private void ended(Explanation.Draft draft, Workload workload, Optional<LaneStatus> lane) {
    WorkloadEnd.error(workload).ifPresent(draft::failed);
    WorkloadEnd.advice(workload).ifPresent(draft::advise);
    draft.lastLines(workload.lastLines());
    lane.filter(l -> l.tries() > 0)
        .ifPresent(l -> {
          draft.waits(
              "backplane",
              "The %s backplane has to %s what is left of it; %s."
                  .formatted(backplane.name(), l.command(), Workings.tries(l)),
              l.since(),
              null);
          adviseOnBackplane(draft, lane);
        });
  }

  private void adviseOnBackplane(Explanation.Draft draft, Optional<LaneStatus> lane) {
    Health health = backplane.health();
    if (!health.healthy()) {
      draft.advise(
          "Mend the %s backplane: %s. It goes on by itself then."
              .formatted(backplane.name(), health.detail()));
    } else if (lane.filter(l -> l.tries() > 0).isPresent()) {
      draft.advise(
          "The %s backplane says that it is well; read what the last try said, and `tutti doctor`."
              .formatted(backplane.name()));
    }
  }
}
