package dev.tutti.core.workload;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.store.Store;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Form;
import dev.tutti.core.surface.Parameter;
import dev.tutti.core.surface.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the output of workloads: live or kept by the backplane, else the last lines of the record.
 */
public final class WorkloadLogs {

  private static final Logger LOG = LoggerFactory.getLogger(WorkloadLogs.class);
  private static final int MANY = 1_000_000;

  /** The media type of {@link #answer}. */
  public static final String TEXT = "text/plain; charset=utf-8";

  /** What {@link #answer} reads of a request. */
  public static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.query("tail", Form.whole(0, MANY), "Only so many lines, the last ones."),
          Parameter.query("follow", Form.truth(), "Goes on until the workload ends.")
              .otherwise("false"));

  private final Store store;
  private final Backplane backplane;

  public WorkloadLogs(Store store, Backplane backplane) {
    this.store = store;
    this.backplane = backplane;
  }

  /**
   * Answers with the output of a workload, as the query parameters {@code tail} (lines) and {@code
   * follow} say.
   */
  public Answer answer(Request request, String workloadId) {
    int tail = request.number("tail", -1, 0, MANY);
    boolean follow = request.truth("follow");
    return new Answer.Bytes(TEXT, open(workloadId, new LogOptions(tail, follow)));
  }

  /**
   * Opens first and looks at the record then: a removal begins only after the record says so, so
   * what was opened before that is whole.
   */
  private InputStream open(String workloadId, LogOptions options) {
    workload(workloadId);
    InputStream output;
    try {
      output = backplane.logs(new WorkloadId(workloadId), options);
    } catch (Failure.NotFound removedOrNeverStarted) {
      return lastLines(workload(workloadId), options.tail());
    }
    Workload now = workload(workloadId);
    if (now.state() != WorkloadState.REMOVED || now.lastLines().isEmpty()) {
      return output;
    }
    try {
      output.close();
    } catch (IOException alreadyGone) {
      LOG.debug("the output of {} went while it was closed", workloadId, alreadyGone);
    }
    return lastLines(now, options.tail());
  }

  private Workload workload(String id) {
    return store
        .find(Workload.KIND, id)
        .orElseThrow(() -> new Failure.NotFound("workload", id))
        .body();
  }

  private static InputStream lastLines(Workload workload, int tail) {
    List<String> lines = workload.lastLines();
    int from = tail < 0 ? 0 : Math.max(0, lines.size() - tail);
    StringBuilder text = new StringBuilder();
    lines.subList(from, lines.size()).forEach(line -> text.append(line).append('\n'));
    return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
