package dev.tutti.cli;

import dev.tutti.api.Resource;
import dev.tutti.api.SimulatedModelView;
import dev.tutti.api.SimulationExplanation;
import dev.tutti.api.SimulationView;
import dev.tutti.api.SimulationsClient;
import dev.tutti.api.TuttiClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tutti simulation}: co-simulations. */
@Command(
    name = "simulation",
    description = "Plans, runs and looks into co-simulations.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti simulation plan street.json --esdl street.esdl",
      "  tutti simulation start street.json --esdl street.esdl --watch",
      "  tutti simulation explain my-street"
    })
final class SimulationCommand implements Noun {
  @Mixin final HelpOption help = new HelpOption();

  @Override
  public List<Object> verbs(TuttiCommand tutti) {
    return List.of(
        new SimulationOrders.Planning(tutti),
        new SimulationOrders.Start(tutti),
        new SimulationOrders.Queue(tutti),
        new Ls(tutti),
        new Get(tutti),
        new Watch(tutti),
        new Explain(tutti),
        new SimulationChanges.Pause(tutti),
        new SimulationChanges.Resume(tutti),
        new SimulationChanges.Cancel(tutti),
        new SimulationChanges.Priority(tutti),
        new SimulationOrders.Rerun(tutti),
        new SimulationOutputs.Logging(tutti),
        new SimulationOutputs.Results(tutti),
        new SweepCommand());
  }

  /** {@code tutti simulation ls}. */
  @Command(
      name = "ls",
      description = "Lists simulations.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti simulation ls", "  tutti simulation ls --state stepping -o json"})
  static final class Ls extends ClientCommand {
    @Option(
        names = "--state",
        paramLabel = "STATE",
        description =
            "Only those that are waiting, restarting, deploying, parameterising, stepping, finishing"
                + " or ended.")
    private @Nullable String state;

    @Option(names = "--sweep", paramLabel = "SWEEP", description = "Only those of this sweep.")
    private @Nullable String sweep;

    @Mixin private final ListOptions options = new ListOptions();

    Ls(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) throws InterruptedException {
      Map<String, String> filter = new LinkedHashMap<>();
      if (state != null) {
        filter.put("state", state);
      }
      if (sweep != null) {
        filter.put("sweep", sweep);
      }
      Table<SimulationView> table = new SimulationTexts(around().clock()).table();
      return list(client, options, Resource.SIMULATIONS, filter, _ -> _ -> true, table);
    }
  }

  /** {@code tutti simulation get}. */
  @Command(
      name = "get",
      description = "Shows a simulation, and its models on request.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti simulation get my-street-0123abcd",
        "  tutti simulation get my-street --models"
      })
  static final class Get extends ClientCommand {
    @Mixin private final SimulationOption simulation = new SimulationOption();

    @Option(names = "--models", description = "Show its models instead.")
    private boolean models;

    @Mixin private final OutputOption output = new OutputOption();

    Get(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      String id = simulation.id(client);
      SimulationTexts texts = new SimulationTexts(around().clock());
      if (!models) {
        return show(client, output, Resource.SIMULATIONS, id, texts::details);
      }
      SimulationsClient simulations = new SimulationsClient(client);
      if (output.structured()) {
        List<Tree> items = simulations.models(id, Tree.class);
        print(output.text(json(), Listed.page(items, new Tree.Word(null))));
      } else {
        printTable(texts.models(), simulations.models(id, SimulatedModelView.class));
      }
      return ExitStatus.OK;
    }
  }

  /** {@code tutti simulation watch}. */
  @Command(
      name = "watch",
      description = {
        "Shows how a simulation goes on, and for whom everybody waits, until it ends.",
        "Exits with 1 when it did not succeed."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  tutti simulation watch my-street"})
  static final class Watch extends ClientCommand {
    @Mixin private final SimulationOption simulation = new SimulationOption();

    Watch(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) throws InterruptedException {
      return watch(client, around(), simulation.id(client));
    }
  }

  static int watch(TuttiClient client, Surroundings around, String id) throws InterruptedException {
    Screen screen = around.screen();
    try (SimulationBoard board =
            new SimulationBoard(
                around.out(), screen.terminal(), screen::width, around.coloured(), around.clock());
        Interruptible _ = Interruptible.ending(board::close)) {
      SimulationView ended = new SimulationWatch(client, board, around.patience()).run(id);
      return ended.outcome().equals("succeeded") ? ExitStatus.OK : ExitStatus.FAILED;
    }
  }

  /** {@code tutti simulation explain}. */
  @Command(
      name = "explain",
      description = "Says why a simulation is in its state, and what it waits for.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti simulation explain my-street"})
  static final class Explain extends ClientCommand {
    @Mixin private final SimulationOption simulation = new SimulationOption();
    @Mixin private final OutputOption output = new OutputOption();

    Explain(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      String id = simulation.id(client);
      SimulationsClient simulations = new SimulationsClient(client);
      if (output.structured()) {
        print(output.text(json(), simulations.explain(id, Tree.class)));
      } else {
        SimulationExplanation explanation = simulations.explain(id, SimulationExplanation.class);
        Details details = new SimulationTexts(around().clock()).explanation(explanation);
        around().out().print(details.text(around().coloured()));
        around().out().flush();
      }
      return ExitStatus.OK;
    }
  }
}
