package dev.tutti.backplane.testkit;

import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the suite needs of a backplane beyond the port: programs to run, and accidents. */
public interface Workbench extends AutoCloseable {

  /** What a backplane may honestly be unable to show. */
  enum Limit {
    /** Time is not real: a grace passes at once. */
    SIMULATED_TIME,
    /** What workloads print is kept as text. */
    NO_BINARY_OUTPUT,
    /**
     * Who removes a workload by force removes all that was known of it: seen to happen it is an end
     * by signal 9, unseen it is nothing. The supervisor, who has records, tells of the loss.
     */
    NO_MEMORY_OF_THE_REMOVED,
    /** What is said on standard output and on error is in order on each, not between them. */
    OUTPUTS_APART
  }

  /** The limits of this backplane; each excuses it from what it names. */
  default Set<Limit> limits() {
    return Set.of();
  }

  /** Opens the backplane; again, when it was closed before, with what runs there since. */
  Backplane open();

  /** How to make this backplane run that program with this environment. */
  WorkloadSpec spec(WorkloadId id, Program program, Map<String, String> environment);

  /** Something that can never run because nobody knows the image. */
  WorkloadSpec unknownImage(WorkloadId id);

  /** Ends a running workload in a way that leaves no trace of how. */
  void makeVanish(WorkloadId id);

  /** What exists now of what workloads leave: processes, containers, files, each by name. */
  List<String> remains();

  @Override
  void close();
}
