package dev.tutti.cli;

import dev.tutti.api.CommandRequest;
import dev.tutti.api.CommandView;
import dev.tutti.api.TuttiClient;
import dev.tutti.api.WorkloadsClient;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tutti workload exec}. */
@Command(
    name = "exec",
    description = {
      "Runs a command in a workload that runs, with its environment, and prints what it said.",
      "Ends with the code of the command, or with 5 when its time is over."
    },
    showEndOfOptionsDelimiterInUsageHelp = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti workload exec ID -- env",
      "  tutti workload exec ID --timeout 2m -- sh -c 'ls -l /tmp'"
    })
final class WorkloadExec extends ClientCommand {
  @Parameters(index = "0", paramLabel = "ID", description = "Its id.")
  private String id = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "Program and arguments, after --. No shell reads them.")
  private List<String> command = List.of();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = GraceOption.Seconds.class,
      description =
          "How long it may take, such as 10s or 5m, at most 10m; then it is ended. Default: 30s.")
  private Duration timeout = Duration.ofSeconds(30);

  WorkloadExec(TuttiCommand tutti) {
    super(tutti);
  }

  @Override
  protected int run(TuttiClient client) {
    CommandView done =
        new WorkloadsClient(client, json())
            .run(id, new CommandRequest(command, (int) timeout.toSeconds()), timeout);
    around().out().print(done.output());
    around().out().flush();
    around().err().print(done.errors());
    around().err().flush();
    if (done.outputCut() || done.errorsCut()) {
      note("there was more: only the first 64 KiB of each output are kept");
    }
    Integer code = done.exitCode();
    if (code == null) {
      note(
          "the command did not end within %d s%s"
              .formatted(
                  timeout.toSeconds(),
                  done.goesOn() ? " and goes on: its image has no shell to end it with" : ""));
      return ExitStatus.TIMED_OUT;
    }
    return code;
  }
}
