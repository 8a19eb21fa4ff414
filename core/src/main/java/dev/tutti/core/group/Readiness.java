package dev.tutti.core.group;

import java.time.Duration;
import java.util.List;

/** When those that come after a workload may start. */
public sealed interface Readiness {

  /** As soon as it runs. */
  record Running() implements Readiness {}

  /** Once it has ended well. */
  record Completed() implements Readiness {}

  /** Once it has said a line that holds this text. */
  record Says(String text) implements Readiness {}

  /**
   * Once this command, run in it again and again, ends well.
   *
   * @param every the pause between two tries, and the longest that one may take
   */
  record Succeeds(List<String> command, Duration every) implements Readiness {
    public Succeeds {
      command = List.copyOf(command);
    }
  }
}
