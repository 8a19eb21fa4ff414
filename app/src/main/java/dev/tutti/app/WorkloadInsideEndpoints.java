package dev.tutti.app;

import dev.tutti.api.CommandRequest;
import dev.tutti.api.CommandView;
import dev.tutti.api.UsageView;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.Command;
import dev.tutti.core.backplane.Executed;
import dev.tutti.core.backplane.Usage;
import dev.tutti.core.backplane.WorkloadFiles;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadPath;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Form;
import dev.tutti.core.surface.Parameter;
import dev.tutti.core.surface.Request;
import dev.tutti.core.surface.Role;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The routes that look and reach into workloads, as far as the backplane can. */
final class WorkloadInsideEndpoints {

  private static final int USUAL_SECONDS = 30;
  private static final int MOST_SECONDS = 600;
  private static final int OUTPUT_BYTES = 64 * 1024;
  private static final String ANY = "application/octet-stream";

  private final Backplane backplane;

  WorkloadInsideEndpoints(Backplane backplane) {
    this.backplane = backplane;
  }

  List<Endpoint> endpoints() {
    Parameter path =
        Parameter.query(
                "path", Form.text(), "A file; a relative one begins where the workload does.")
            .needed();
    return List.of(
        Endpoint.post(
                "/workloads/{id}/exec",
                "Runs a command in a workload that runs, and waits for its end.",
                CommandRequest.class,
                CommandView.class,
                this::exec)
            .refusing(400, "invalid-command")
            .refusing(409, "not-offered"),
        Endpoint.get(
                "/workloads/{id}/usage",
                "Measures what a workload that runs uses.",
                UsageView.class,
                this::usage)
            .refusing(409, "not-offered"),
        Endpoint.get(
                "/workloads/{id}/files",
                "Gives a file of a workload.",
                Void.class,
                r -> new Answer.Bytes(ANY, files().read(id(r), path(r))))
            .only(Role.OPERATOR)
            .with(path)
            .giving(ANY)
            .refusing(400, "invalid-query")
            .refusing(409, "not-offered"),
        Endpoint.put(
                "/workloads/{id}/files",
                "Writes a file of a workload.",
                Void.class,
                Void.class,
                this::write)
            .with(path)
            .refusing(400, "invalid-query")
            .refusing(409, "not-offered"));
  }

  private Answer exec(Request request) {
    CommandRequest asked = request.body(CommandRequest.class);
    int seconds = Optional.ofNullable(asked.timeoutSeconds()).orElse(USUAL_SECONDS);
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw invalid("timeoutSeconds is 1 to %d, not %d".formatted(MOST_SECONDS, seconds));
    }
    Command command;
    try {
      command = new Command(asked.command(), Duration.ofSeconds(seconds), OUTPUT_BYTES);
    } catch (IllegalArgumentException impossible) {
      throw invalid(String.valueOf(impossible.getMessage()));
    }
    Executed done =
        backplane
            .execution()
            .orElseThrow(() -> notOffered("commands in workloads"))
            .run(id(request), command);
    return Answer.ok(view(done));
  }

  private static Failure.Rejected invalid(String what) {
    return new Failure.Rejected(
        Problem.of("invalid-command", 400, "The command cannot be run: %s.".formatted(what)));
  }

  private static CommandView view(Executed done) {
    Integer code = done.end() instanceof Executed.Exited(int exit) ? exit : null;
    boolean goesOn = done.end() instanceof Executed.TimedOut(boolean left) && left;
    return new CommandView(
        code,
        goesOn,
        done.output().text(),
        done.output().cut(),
        done.errors().text(),
        done.errors().cut());
  }

  private Answer usage(Request request) {
    Usage usage =
        backplane
            .metering()
            .orElseThrow(() -> notOffered("measuring of workloads"))
            .usage(id(request));
    Usage.Traffic traffic = usage.traffic();
    return Answer.ok(
        new UsageView(
            usage.at(),
            usage.processor().toMillis(),
            usage.memory(),
            usage.memoryLimit(),
            usage.programs(),
            traffic == null ? null : traffic.received(),
            traffic == null ? null : traffic.sent()));
  }

  private Answer write(Request request) {
    byte[] content = request.bytes();
    files().write(id(request), path(request), new ByteArrayInputStream(content), content.length);
    return Answer.noContent();
  }

  private WorkloadFiles files() {
    return backplane.files().orElseThrow(() -> notOffered("files of workloads"));
  }

  private static WorkloadPath path(Request request) {
    return WorkloadPath.of(
        request
            .query("path")
            .orElseThrow(() ->
                new Failure.Rejected(
                    Problem.of("invalid-query", 400, "The query parameter 'path' is missing.")
                        .suggesting("Name a file, such as ?path=results/last.csv."))));
  }

  private static WorkloadId id(Request request) {
    String id = request.path("id");
    try {
      return new WorkloadId(id);
    } catch (IllegalArgumentException none) {
      throw new Failure.NotFound("workload", id);
    }
  }

  private Failure.Rejected notOffered(String what) {
    return new Failure.Rejected(
        Problem.of(
            "not-offered",
            409,
            "The backplane '%s' does not offer %s.".formatted(backplane.name(), what)));
  }
}
