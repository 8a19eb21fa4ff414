package dev.tutti.cli;

import dev.tutti.api.Resource;
import dev.tutti.api.SimulatedModelView;
import dev.tutti.api.SimulationExplanation;
import dev.tutti.api.SimulationView;
import dev.tutti.api.SimulationsClient;
import dev.tutti.api.TuttiClient;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
final class SimulationCommand {
  @Mixin final HelpOption help = new HelpOption();

  static List<Object> verbs(TuttiCommand tutti) {
    return List.of(
        new SimulationOrders.Planning(tutti),
        new SimulationOrders.Start(tutti),
        new SimulationOrders.Queue(tutti),
        new Ls(tutti),
        new Get(tutti),
        new Watch(tutti),
        new Explain(tutti),
        new Pause(tutti),
        new Resume(tutti),
        new Cancel(tutti),
        new Priority(tutti),
        new SimulationOrders.Rerun(tutti),
        new SimulationOutputs.Logging(tutti),
        new SimulationOutputs.Results(tutti));
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

    @Mixin private final OutputOption output = new OutputOption();

    Ls(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    int run(TuttiClient client) {
      Map<String, String> filter = state == null ? Map.of() : Map.of("state", state);
      Table<SimulationView> table = new SimulationTexts(around().clock()).table();
      return list(client, output, Resource.SIMULATIONS, filter, _ -> _ -> true, table);
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
    int run(TuttiClient client) {
      String id = simulation.id(client);
      SimulationTexts texts = new SimulationTexts(around().clock());
      if (!models) {
        return show(client, output, Resource.SIMULATIONS, id, texts::details);
      }
      SimulationsClient simulations = new SimulationsClient(client);
      if (output.json()) {
        List<Tree> items = simulations.models(id, Tree.class);
        print(json().pretty(Listed.page(items, new Tree.Word(null))));
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
    int run(TuttiClient client) throws InterruptedException {
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
    int run(TuttiClient client) {
      String id = simulation.id(client);
      SimulationsClient simulations = new SimulationsClient(client);
      if (output.json()) {
        print(json().pretty(simulations.explain(id, Tree.class)));
      } else {
        SimulationExplanation explanation = simulations.explain(id, SimulationExplanation.class);
        Details details = new SimulationTexts(around().clock()).explanation(explanation);
        around().out().print(details.text(around().coloured()));
        around().out().flush();
      }
      return ExitStatus.OK;
    }
  }

  /** A change to one simulation. */
  private abstract static class Change extends ClientCommand {
    @Mixin private final SimulationOption simulation = new SimulationOption();

    Change(TuttiCommand tutti) {
      super(tutti);
    }

    abstract SimulationView change(SimulationsClient client, String id);

    @Override
    int run(TuttiClient client) {
      SimulationView now = change(new SimulationsClient(client), simulation.id(client));
      String place = now.place() == 0 ? "" : ", place " + now.place() + " in the queue";
      print(Printable.line(now.id() + " is " + SimulationTexts.state(now) + place));
      return ExitStatus.OK;
    }
  }

  /** {@code tutti simulation pause}. */
  @Command(
      name = "pause",
      description = "Holds a simulation before its next step.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti simulation pause my-street"})
  static final class Pause extends Change {
    Pause(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    SimulationView change(SimulationsClient client, String id) {
      return client.pause(id, SimulationView.class);
    }
  }

  /** {@code tutti simulation resume}. */
  @Command(
      name = "resume",
      description = "Lets a simulation that is held go on.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti simulation resume my-street"})
  static final class Resume extends Change {
    Resume(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    SimulationView change(SimulationsClient client, String id) {
      return client.resume(id, SimulationView.class);
    }
  }

  /** {@code tutti simulation cancel}. */
  @Command(
      name = "cancel",
      description = "Ends a simulation; one that waits leaves the queue.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti simulation cancel my-street"})
  static final class Cancel extends Change {
    Cancel(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    SimulationView change(SimulationsClient client, String id) {
      return client.cancel(id, SimulationView.class);
    }
  }

  /** {@code tutti simulation priority}. */
  @Command(
      name = "priority",
      description = "Moves a simulation within the queue: higher priorities go first.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti simulation priority my-street 5"})
  static final class Priority extends Change {
    @Parameters(
        index = "1",
        paramLabel = "PRIORITY",
        description = "A whole number; 0 is the usual one.")
    private int priority;

    Priority(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    SimulationView change(SimulationsClient client, String id) {
      return client.prioritise(id, priority, SimulationView.class);
    }
  }
}
