package dev.tutti.cli;

import dev.tutti.api.Resource;
import dev.tutti.api.SimulationLogView;
import dev.tutti.api.SimulationResultsView;
import dev.tutti.api.SimulationsClient;
import dev.tutti.api.TuttiClient;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verbs of {@code tutti simulation} that give what its models wrote. */
final class SimulationOutputs {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

  private SimulationOutputs() {}

  /** {@code tutti simulation logs}. */
  @Command(
      name = "logs",
      description = "Prints what models logged, or with --workload what one of them printed.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti simulation logs my-street --level warning",
        "  tutti simulation logs my-street --model pv-service-1 --workload"
      })
  static final class Logging extends ClientCommand {
    @Mixin private final SimulationOption simulation = new SimulationOption();

    @Option(names = "--model", paramLabel = "MODEL", description = "Only of this model.")
    private @Nullable String model;

    @Option(
        names = "--level",
        paramLabel = "LEVEL",
        description = "Only of this level and above: debug, info, warning, error or critical.")
    private @Nullable String level;

    @Option(
        names = "--tail",
        paramLabel = "N",
        description = "Only the last N lines. Default: all that is kept.")
    private @Nullable Integer tail;

    @Option(
        names = "--workload",
        description = "What the workload of the model printed, byte for byte; needs --model.")
    private boolean workload;

    Logging(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      String id = simulation.id(client);
      if (workload) {
        return printOutput(client, id);
      }
      List<SimulationLogView> lines =
          new SimulationsClient(client).logs(id, model, level, tail, SimulationLogView.class);
      for (SimulationLogView line : lines) {
        print(
            Printable.line(
                "%s  %-8s  %s  %s"
                    .formatted(
                        TIME.format(line.at().atZone(around().clock().getZone())),
                        line.level(),
                        line.model(),
                        line.text())));
      }
      return ExitStatus.OK;
    }

    private int printOutput(TuttiClient client, String id) {
      if (model == null) {
        throw new CommandFailure(
            ExitStatus.USAGE,
            "the output of which model?",
            "Say it with --model; `tutti simulation get " + id + " --models` lists them.");
      }
      Logs logs = new Logs();
      logs.tail = tail;
      String whole = new ShortNames(client).model(id + "/" + model);
      return logs.print(client, Resource.MODELS, whole, around().out());
    }
  }

  /** {@code tutti simulation results}. */
  @Command(
      name = "results",
      description = {
        "Lists the tables of results, prints one of them as CSV, or saves all as files."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti simulation results my-street",
        "  tutti simulation results my-street pvinstallation > pv.csv",
        "  tutti simulation results my-street --to results"
      })
  static final class Results extends ClientCommand {
    @Mixin private final SimulationOption simulation = new SimulationOption();

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "TABLE",
        description = "The table to print.")
    private @Nullable String table;

    @Option(
        names = "--to",
        paramLabel = "FOLDER",
        description = "Save every table there as TABLE.csv, and say where.")
    private @Nullable Path folder;

    @Mixin private final OutputOption output = new OutputOption();

    Results(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      String id = simulation.id(client);
      SimulationsClient simulations = new SimulationsClient(client);
      if (table != null) {
        copy(client, simulations.csv(id, table), around().out());
        around().out().flush();
        return ExitStatus.OK;
      }
      if (output.structured()) {
        print(output.text(json(), simulations.results(id, Tree.class)));
        return ExitStatus.OK;
      }
      List<String> tables = simulations.results(id, SimulationResultsView.class).measurements();
      if (folder != null) {
        tables.forEach(name -> save(client, simulations, id, name, folder));
      } else {
        tables.forEach(name -> print(Printable.line(name)));
      }
      if (tables.isEmpty()) {
        note("the models of " + id + " have written no results");
      }
      return ExitStatus.OK;
    }

    private void save(
        TuttiClient client, SimulationsClient simulations, String id, String name, Path into) {
      // A name of a table comes from a model: it must not lead out of the folder.
      Path file = into.resolve(name.replaceAll("[^A-Za-z0-9_.-]|^\\.+", "_") + ".csv");
      try {
        Files.createDirectories(into);
        try (OutputStream out = Files.newOutputStream(file)) {
          copy(client, simulations.csv(id, name), out);
        }
      } catch (IOException unwritable) {
        throw new CommandFailure(
            ExitStatus.FAILED, file + " cannot be written: " + unwritable, "Name another folder.");
      }
      print(Printable.line(file.toString()));
    }
  }
}
