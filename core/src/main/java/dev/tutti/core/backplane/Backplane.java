package dev.tutti.core.backplane;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What actually runs containers. All calls may come from any thread and block until done; each
 * fails with {@link dev.tutti.core.Failure.Unavailable} when the engine behind it does not answer.
 *
 * <p>Observations are pushed to the one listener of {@link #watch}; {@link #list} is the check that
 * catches what a push missed. The end of a workload is pushed at least once, and stays in {@link
 * #list} until {@link #remove}.
 */
public interface Backplane extends AutoCloseable {

  /** The word that configuration and records use for it: {@code process}, {@code docker}, … */
  String name();

  /**
   * Starts a workload. Idempotent: an id that was started before, by this or an earlier process, is
   * not started again, whatever became of it.
   *
   * @throws StartRefused when it can never be started
   */
  void start(WorkloadSpec spec);

  /**
   * Asks the workload to end, waits the grace, then ends it and all it started. Returns when it has
   * ended. One that has ended, or is unknown, is no error.
   */
  void stop(WorkloadId id, Duration grace);

  /**
   * Forgets an ended workload and its output. One that is unknown is no error; a running one is
   * ended first.
   */
  void remove(WorkloadId id);

  /** All workloads of ours that are known here, running or ended and not yet removed. */
  List<Observed> list();

  /** What is known here about a workload of {@link #list}, beside its state; may read slowly. */
  default Optional<Particulars> particulars(WorkloadId id) {
    return Optional.empty();
  }

  /** Sets the one listener; observations since the start of this process are pushed to it. */
  void watch(ObservationListener listener);

  /**
   * Opens the output of a workload, standard output and error as they came. Closing the stream ends
   * a follow.
   *
   * @throws dev.tutti.core.Failure.NotFound when the workload is unknown or removed
   */
  InputStream logs(WorkloadId id, LogOptions options);

  /** How to look at images; empty where that cannot be done. So with all that follow. */
  default Optional<ImageInspection> inspection() {
    return Optional.empty();
  }

  default Optional<Execution> execution() {
    return Optional.empty();
  }

  default Optional<WorkloadFiles> files() {
    return Optional.empty();
  }

  default Optional<Metering> metering() {
    return Optional.empty();
  }

  default Optional<Resizing> resizing() {
    return Optional.empty();
  }

  default Optional<PublishedPorts> ports() {
    return Optional.empty();
  }

  default Optional<Networks> networks() {
    return Optional.empty();
  }

  default Optional<Volumes> volumes() {
    return Optional.empty();
  }

  /** Whether it can do its work now. */
  Health health();

  /** Stops watching; workloads go on. */
  @Override
  void close();
}
