package dev.tutti.backplane.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.Particulars;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.time.Instant;
import java.util.function.BiConsumer;

/** One workload that only exists in memory. */
final class SimulatedWorkload {

  private final WorkloadSpec spec;
  private final Plan plan;
  private final BiConsumer<WorkloadId, Observation> observer;
  private final SimulatedOutput output = new SimulatedOutput();
  private Observation latest = new Observation.Starting();
  private final Instant begun;
  private boolean startTaken;

  SimulatedWorkload(
      WorkloadSpec spec, Plan plan, Instant begun, BiConsumer<WorkloadId, Observation> observer) {
    this.begun = begun;
    this.spec = spec;
    this.plan = plan;
    this.observer = observer;
  }

  Plan plan() {
    return plan;
  }

  Particulars particulars() {
    return new Particulars(spec.image(), spec.labels(), begun, "simulated");
  }

  SimulatedOutput output() {
    return output;
  }

  synchronized Observed observed() {
    return new Observed(spec.id(), latest);
  }

  synchronized boolean takeStart() {
    boolean first = !startTaken;
    startTaken = true;
    return first;
  }

  void starting() {
    show(new Observation.Starting());
  }

  synchronized void running() {
    if (!latest.terminal()) {
      output.add(plan.output().apply(spec));
      show(new Observation.Running("127.0.0.1"));
    }
  }

  void say(String text) {
    output.add(text.getBytes(UTF_8));
  }

  void exit(int code) {
    end(new Observation.Exited(code, reason(code), false));
  }

  private static String reason(int code) {
    if (code == 0) {
      return "Completed";
    }
    return code > 128 && code <= 192 ? "Killed by signal " + (code - 128) : "Error";
  }

  void stop() {
    switch (plan.ending()) {
      case Plan.Ending.Exits ignored -> exit(ExitCodes.signal(15));
      case Plan.Ending.RunsUntilAsked(int code) -> exit(code);
      case Plan.Ending.IgnoresAsking() -> exit(ExitCodes.signal(9));
    }
  }

  synchronized void end(Observation how) {
    show(how);
    output.complete();
  }

  synchronized void show(Observation observation) {
    if (!latest.terminal()) {
      latest = observation;
      observer.accept(spec.id(), observation);
    }
  }
}
