package dev.tutti.cli;

import dev.tutti.api.Resource;
import dev.tutti.api.TuttiClient;
import dev.tutti.api.WorkloadView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tutti workload}: the containers and processes behind everything else. */
@Command(
    name = "workload",
    description = "Shows workloads: the containers and processes behind models.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {"  tutti workload ls --state running", "  tutti workload logs -f ID"})
final class WorkloadCommand implements Noun {
  @Mixin final HelpOption help = new HelpOption();

  @Override
  public List<Object> verbs(TuttiCommand tutti) {
    return List.of(
        new Ls(tutti),
        new Get(tutti),
        new ExplainCommand.OfWorkload(tutti),
        new Logging(tutti),
        new Stop(tutti),
        new WorkloadExec(tutti),
        new WorkloadCopy(tutti),
        new WorkloadUsage(tutti),
        new OrphansCommand(tutti));
  }

  /** {@code tutti workload ls}. */
  @Command(
      name = "ls",
      description = "Lists workloads.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti workload ls", "  tutti workload ls --state running -o json"})
  static final class Ls extends ClientCommand {
    @Option(
        names = "--state",
        paramLabel = "STATE",
        description = "Only those that are planned, starting, running, ended or removed.")
    private @Nullable String state;

    @Mixin private final ListOptions options = new ListOptions();

    Ls(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) throws InterruptedException {
      Map<String, String> filter = state == null ? Map.of() : Map.of("state", state);
      Table<WorkloadView> table = new Views(around().clock()).workloads();
      return list(client, options, Resource.WORKLOADS, filter, _ -> _ -> true, table);
    }
  }

  /** {@code tutti workload get}. */
  @Command(
      name = "get",
      description = "Shows a workload, with the last lines of its output once it ended.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti workload get ID", "  tutti workload get ID -o json"})
  static final class Get extends ClientCommand {
    @Parameters(paramLabel = "ID", description = "Its id.")
    private String id = "";

    @Mixin private final OutputOption output = new OutputOption();

    Get(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      return show(client, output, Resource.WORKLOADS, id, new Views(around().clock())::workload);
    }
  }

  /** {@code tutti workload stop}. */
  @Command(
      name = "stop",
      description = "Asks an adopted workload to end; others are stopped with their model.",
      footerHeading = "%nExamples:%n",
      footer = "  tutti workload stop ID")
  static final class Stop extends ClientCommand {
    @Parameters(paramLabel = "ID", description = "Its id.")
    private String id = "";

    @Mixin private final WaitOption waiting = new WaitOption();
    @Mixin private final ChangeOption change = new ChangeOption();

    Stop(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) throws InterruptedException {
      client.act(Resource.WORKLOADS, id, "stop");
      String outcome = "is stopping";
      if (waiting.wait) {
        outcome =
            new Ending<>(client, Resource.WORKLOADS, Stop::ended)
                .await(id, waiting.ofStop(null), around().patience())
                .state();
      }
      print(change.sentence(id, outcome));
      return ExitStatus.OK;
    }

    private static boolean ended(WorkloadView workload) {
      return workload.state().equals("ended") || workload.state().equals("removed");
    }
  }

  /** {@code tutti workload logs}. */
  @Command(
      name = "logs",
      description = "Prints what a workload wrote, byte for byte.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti workload logs ID", "  tutti workload logs -f --tail 20 ID"})
  static final class Logging extends ClientCommand {
    @Parameters(paramLabel = "ID", description = "Its id.")
    private String id = "";

    @Mixin private final Logs logs = new Logs();

    Logging(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      return logs.print(client, Resource.WORKLOADS, id, around().out());
    }
  }
}
