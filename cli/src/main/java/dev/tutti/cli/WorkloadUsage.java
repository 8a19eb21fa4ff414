package dev.tutti.cli;

import dev.tutti.api.TuttiClient;
import dev.tutti.api.UsageView;
import dev.tutti.api.WorkloadsClient;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tutti workload usage}. */
@Command(
    name = "usage",
    description = "Shows what a workload that runs uses now: processor, memory, network.",
    footerHeading = "%nExamples:%n",
    footer = {"  tutti workload usage ID", "  tutti workload usage ID -o json"})
final class WorkloadUsage extends ClientCommand {
  @Parameters(paramLabel = "ID", description = "Its id.")
  private String id = "";

  @Mixin private final OutputOption output = new OutputOption();

  WorkloadUsage(TuttiCommand tutti) {
    super(tutti);
  }

  @Override
  protected int run(TuttiClient client) {
    WorkloadsClient workloads = new WorkloadsClient(client, json());
    if (output.structured()) {
      print(output.text(json(), workloads.usage(id, Tree.class)));
    } else {
      around().out().print(details(workloads.usage(id, UsageView.class)).text(false));
      around().out().flush();
    }
    return ExitStatus.OK;
  }

  private Details details(UsageView usage) {
    return new Details(around().clock().getZone())
        .line("at", usage.at())
        .line("processor", String.format(Locale.ROOT, "%.2f s", usage.processorMillis() / 1e3))
        .line("memory", megabytes(usage.memoryBytes()))
        .line("limit", usage.memoryLimitBytes() == 0 ? "" : megabytes(usage.memoryLimitBytes()))
        .line("programs", usage.programs())
        .line("received", usage.receivedBytes() == null ? "" : megabytes(usage.receivedBytes()))
        .line("sent", usage.sentBytes() == null ? "" : megabytes(usage.sentBytes()));
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
