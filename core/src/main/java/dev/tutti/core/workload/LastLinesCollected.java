package dev.tutti.core.workload;

import dev.tutti.core.Message;
import java.util.List;

/** The last lines of an ended workload's output, on their way into its document. */
public record LastLinesCollected(String workloadId, List<String> lines) implements Message {

  public LastLinesCollected {
    lines = List.copyOf(lines);
  }
}
