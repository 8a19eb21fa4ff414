package dev.tutti.core.explain;

import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.workload.Workload;
import java.util.Optional;

/** What the end of a workload means, and what to do about it. */
public final class WorkloadEnd {

  private static final int KILLED = ExitCodes.signal(9);
  private static final int SEGMENTATION_FAULT = ExitCodes.signal(11);
  private static final int STOPPED = ExitCodes.signal(15);

  private WorkloadEnd() {}

  /** What was being done when it failed. */
  public static String step(Workload workload) {
    return workload.started() == null ? "start" : "run";
  }

  /** The failure of an ended workload; empty when it ended well. */
  public static Optional<Explanation.LastError> error(Workload workload) {
    Integer code = workload.exitCode();
    return code == null || code == 0
        ? Optional.empty()
        : Optional.of(
            new Explanation.LastError(
                step(workload), workload.id(), code, workload.reason(), workload.ended()));
  }

  /** What a person can do about the end of a workload. */
  public static Optional<String> advice(Workload workload) {
    Integer code = workload.exitCode();
    if (code == null || code == 0) {
      return Optional.empty();
    }
    if (workload.outOfMemory()) {
      return Optional.of("It ran out of memory: give it more, or give it less to do.");
    }
    return workload.started() == null ? beforeStart(workload, code) : afterStart(workload, code);
  }

  private static Optional<String> beforeStart(Workload workload, int code) {
    if (code == STOPPED && workload.stopping()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (code) {
          case ExitCodes.IMAGE_UNKNOWN ->
              "Say what its image means: `tutti image add %s -- COMMAND`, then deploy again."
                  .formatted(workload.image());
          case ExitCodes.REFUSED -> "A rule forbids it; change the request as the reason says.";
          case ExitCodes.VANISHED ->
              "Nobody saw it start: something ended it from outside, or the machine restarted. Deploy again.";
          default ->
              "Check what its image means (`tutti image ls`): program, folder and variables. Then deploy again.";
        });
  }

  private static Optional<String> afterStart(Workload workload, int code) {
    if (workload.stopping() && (code == STOPPED || code == KILLED)) {
      return Optional.empty();
    }
    String logs = "`tutti workload logs %s`".formatted(workload.id());
    if (code == KILLED) {
      return Optional.of(
          "Something killed it: a person, or the kernel for want of memory (`dmesg` says). Read "
              + logs
              + ".");
    }
    if (code == SEGMENTATION_FAULT) {
      return Optional.of("Its program crashed (segmentation fault). Read " + logs + ".");
    }
    if (code == ExitCodes.VANISHED) {
      return Optional.of(
          "Nobody saw how it ended: its supervising shell was killed, or the machine restarted. Read "
              + logs
              + ".");
    }
    return Optional.of(
        "Its program ended with %d by itself: read its output, %s, and mend it."
            .formatted(code, logs));
  }
}
