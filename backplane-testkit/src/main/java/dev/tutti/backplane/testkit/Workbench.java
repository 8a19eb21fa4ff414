package dev.tutti.backplane.testkit;

import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the suite needs of a backplane beyond the port: programs to run, and accidents. */
public interface Workbench extends AutoCloseable {

  /** An accident that lasts until it is closed. */
  @FunctionalInterface
  interface Accident extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * What this backplane cannot do, each with the reason; it stands in the report. Everything else
   * is demanded.
   */
  default Map<Capability, String> missing() {
    return Map.of();
  }

  /** Opens the backplane; again, when it was closed before, with what runs there since. */
  Backplane open();

  /** How to make this backplane run that program with this environment. */
  WorkloadSpec spec(WorkloadId id, Program program, Map<String, String> environment);

  /** Something that can never run because nobody knows the image. */
  WorkloadSpec unknownImage(WorkloadId id);

  /** Something whose image cannot be fetched now, because nobody answers there. */
  default WorkloadSpec unreachableImage(WorkloadId id) {
    return new WorkloadSpec(id, "127.0.0.1:1/nobody/answers:1", Map.of(), Map.of());
  }

  /** How many workloads are many, for a test that should take seconds. */
  default int many() {
    return 200;
  }

  /** Ends a running workload in a way that leaves no trace of how. */
  void makeVanish(WorkloadId id);

  /** Makes the engine unreachable; what runs there may end meanwhile. */
  default Accident stopEngine() {
    throw undeclared(Capability.ENGINE);
  }

  /** Cuts the stream of events; calls still work. */
  default Accident cutEvents() {
    throw undeclared(Capability.EVENT_STREAM);
  }

  /** Makes the engine take this long to answer each call. */
  default Accident slowDown(Duration delay) {
    throw undeclared(Capability.SLOWNESS);
  }

  /** Sets the clock of the backplane off, before or after the one where workloads run. */
  default Accident setClockOff(Duration difference) {
    throw undeclared(Capability.OTHER_CLOCK);
  }

  private static UnsupportedOperationException undeclared(Capability capability) {
    return new UnsupportedOperationException(
        "This workbench neither has a way to test '%s' nor declares it missing."
            .formatted(capability.phrase()));
  }

  /** What exists now of what workloads leave: processes, containers, files, each by name. */
  List<String> remains();

  @Override
  void close();
}
