package dev.tutti.cli;

import dev.tutti.api.Resource;
import dev.tutti.api.SimulationResultsView;
import dev.tutti.api.SweepView;
import dev.tutti.api.SweepsClient;
import dev.tutti.api.TuttiClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tutti simulation sweep}: one request, many sets of parameters. */
@Command(
    name = "sweep",
    description = "Runs a request with many sets of parameters, a simulation each.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti simulation sweep start street.json roofs.yaml --esdl street.esdl",
      "  tutti simulation sweep get my-street",
      "  tutti simulation sweep results my-street econnection > all.csv"
    })
final class SweepCommand implements Noun {
  @Mixin final HelpOption help = new HelpOption();

  @Override
  public List<Object> verbs(TuttiCommand tutti) {
    return List.of(
        new Planning(tutti),
        new Start(tutti),
        new Ls(tutti),
        new Get(tutti),
        new Cancel(tutti),
        new Results(tutti));
  }

  /** A command that shows a sweep. */
  abstract static class Showing extends ClientCommand {
    Showing(TuttiCommand tutti) {
      super(tutti);
    }

    final void show(SweepView view) {
      Details details = new SweepTexts(around().clock()).details(view);
      around().out().print(details.text(around().coloured()));
      around().out().println();
      printTable(SweepTexts.members(view), view.members());
    }
  }

  /** A command that takes a request and its sets of parameters. */
  abstract static class Ordering extends Showing {
    @Mixin private final SimulationFile file = new SimulationFile();

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "FILE",
        description = "YAML or JSON with 'sets', 'grid' or both. Default: the request's 'sweep'.")
    private @Nullable Path sweep;

    @Mixin final OutputOption output = new OutputOption();

    Ordering(TuttiCommand tutti) {
      super(tutti);
    }

    final byte[] body() {
      return sweep == null
          ? file.body(json())
          : file.body(json(), Map.of("sweep", SimulationFile.yaml(json(), sweep)));
    }
  }

  /** {@code tutti simulation sweep plan}. */
  @Command(
      name = "plan",
      description = "Says what a sweep would do, or which set cannot work; nothing is started.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti simulation sweep plan street.json roofs.yaml --esdl street.esdl"})
  static final class Planning extends Ordering {
    Planning(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      SweepsClient sweeps = new SweepsClient(client);
      if (output.structured()) {
        print(output.text(json(), sweeps.plan(body(), Tree.class)));
      } else {
        show(sweeps.plan(body(), SweepView.class));
      }
      return ExitStatus.OK;
    }
  }

  /** {@code tutti simulation sweep start}. */
  @Command(
      name = "start",
      description = {
        "Lets a simulation per set of parameters wait for its turn, all or none, and prints the"
            + " sweep's id."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  tutti simulation sweep start street.json roofs.yaml --esdl street.esdl"})
  static final class Start extends Ordering {
    Start(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      SweepsClient sweeps = new SweepsClient(client);
      if (output.structured()) {
        print(output.text(json(), sweeps.begin(body(), Tree.class)));
      } else {
        print(Printable.line(sweeps.begin(body(), SweepView.class).id()));
      }
      return ExitStatus.OK;
    }
  }

  /** {@code tutti simulation sweep ls}. */
  @Command(
      name = "ls",
      description = "Lists sweeps.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti simulation sweep ls"})
  static final class Ls extends ClientCommand {
    @Mixin private final ListOptions options = new ListOptions();

    Ls(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) throws InterruptedException {
      Table<SweepView> table = new SweepTexts(around().clock()).table();
      return list(client, options, Resource.SWEEPS, Map.of(), _ -> _ -> true, table);
    }
  }

  /** {@code tutti simulation sweep get}. */
  @Command(
      name = "get",
      description = "Shows the simulations of a sweep with their parameters.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti simulation sweep get my-street"})
  static final class Get extends Showing {
    @Mixin private final SweepOption sweep = new SweepOption();
    @Mixin private final OutputOption output = new OutputOption();

    Get(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      String id = sweep.id(client);
      if (output.structured()) {
        print(output.text(json(), client.get(Resource.SWEEPS.as(Tree.class), id)));
      } else {
        show(client.get(Resource.SWEEPS, id));
      }
      return ExitStatus.OK;
    }
  }

  /** {@code tutti simulation sweep cancel}. */
  @Command(
      name = "cancel",
      description = "Ends all simulations of a sweep; those that wait leave the queue.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti simulation sweep cancel my-street"})
  static final class Cancel extends ClientCommand {
    @Mixin private final SweepOption sweep = new SweepOption();

    Cancel(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      SweepView now = new SweepsClient(client).cancel(sweep.id(client), SweepView.class);
      print(
          Printable.line(
              "%s: of %d simulations %d succeeded and %d did not"
                  .formatted(now.id(), now.simulations(), now.succeeded(), now.unsuccessful())));
      return ExitStatus.OK;
    }
  }

  /** {@code tutti simulation sweep results}. */
  @Command(
      name = "results",
      description = {
        "Lists the tables of results, or prints one of them as CSV: all simulations of the sweep,"
            + " with their parameters."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti simulation sweep results my-street",
        "  tutti simulation sweep results my-street econnection > all.csv"
      })
  static final class Results extends ClientCommand {
    @Mixin private final SweepOption sweep = new SweepOption();

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "TABLE",
        description = "The table to print.")
    private @Nullable String table;

    Results(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      String id = sweep.id(client);
      SweepsClient sweeps = new SweepsClient(client);
      if (table == null) {
        List<String> tables = sweeps.results(id, SimulationResultsView.class).measurements();
        tables.forEach(name -> print(Printable.line(name)));
        if (tables.isEmpty()) {
          note("no simulation of " + id + " has results yet");
        }
        return ExitStatus.OK;
      }
      copy(client, sweeps.csv(id, table), around().out());
      around().out().flush();
      return ExitStatus.OK;
    }
  }
}
