package dev.tutti.cli;

import dev.tutti.api.Resource;
import dev.tutti.api.SimulationPlanView;
import dev.tutti.api.SimulationView;
import dev.tutti.api.SimulationsClient;
import dev.tutti.api.TuttiClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verbs of {@code tutti simulation} that ask for one. */
final class SimulationOrders {
  private SimulationOrders() {}

  /** {@code tutti simulation plan}. */
  @Command(
      name = "plan",
      description = "Says what a simulation would do, or why it cannot work; nothing is started.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti simulation plan street.json --esdl street.esdl",
        "  tutti simulation plan street.json -o json | jq '.models[].objects'"
      })
  static final class Planning extends ClientCommand {
    @Mixin private final SimulationFile file = new SimulationFile();
    @Mixin private final OutputOption output = new OutputOption();

    Planning(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      SimulationsClient simulations = new SimulationsClient(client);
      byte[] body = file.body(json());
      if (output.structured()) {
        print(output.text(json(), simulations.plan(body, Tree.class)));
        return ExitStatus.OK;
      }
      SimulationPlanView plan = simulations.plan(body, SimulationPlanView.class);
      Details details = new SimulationTexts(around().clock()).plan(plan);
      around().out().print(details.text(around().coloured()));
      around().out().println();
      printTable(SimulationTexts.planned(), plan.models());
      return ExitStatus.OK;
    }
  }

  /** A command that begins a simulation. */
  abstract static class Beginning extends ClientCommand {
    @Option(
        names = {"-w", "--watch"},
        description = "Show how it goes on until it ends.")
    private boolean watch;

    @Mixin private final WaitOption waiting = new WaitOption();
    @Mixin private final OutputOption output = new OutputOption();

    Beginning(TuttiCommand tutti) {
      super(tutti);
    }

    abstract <T> T begin(TuttiClient client, Class<T> type);

    @Override
    protected final int run(TuttiClient client) throws InterruptedException {
      if (output.structured()) {
        Tree begun = begin(client, Tree.class);
        print(output.text(json(), begun));
        return outcome(client, begun.text("id"));
      }
      SimulationView begun = begin(client, SimulationView.class);
      print(Printable.line(begun.id()));
      return watch
          ? SimulationCommand.watch(client, around(), begun.id())
          : outcome(client, begun.id());
    }

    /** As soon as it is begun, or with --wait once it has ended: then 1 unless it succeeded. */
    private int outcome(TuttiClient client, String id) throws InterruptedException {
      if (!waiting.wait) {
        return ExitStatus.OK;
      }
      SimulationView ended =
          new Ending<>(client, Resource.SIMULATIONS, SimulationTexts::ended)
              .await(id, waiting.timeout, around().patience());
      note(id + " " + SimulationTexts.state(ended));
      return ended.outcome().equals("succeeded") ? ExitStatus.OK : ExitStatus.FAILED;
    }
  }

  /** {@code tutti simulation start}. */
  @Command(
      name = "start",
      description = "Starts a simulation, past the queue, and prints its id.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti simulation start street.json --esdl street.esdl --watch",
        "  tutti simulation start street.json --wait --timeout 1h     for scripts: 0 when it succeeded"
      })
  static final class Start extends Beginning {
    @Mixin private final SimulationFile file = new SimulationFile();

    Start(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    <T> T begin(TuttiClient client, Class<T> type) {
      return new SimulationsClient(client).start(file.body(json()), type);
    }
  }

  /** {@code tutti simulation queue}. */
  @Command(
      name = "queue",
      description = "Lets a simulation wait for its turn, and prints its id.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti simulation queue street.json --esdl street.esdl"})
  static final class Queue extends Beginning {
    @Mixin private final SimulationFile file = new SimulationFile();

    Queue(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    <T> T begin(TuttiClient client, Class<T> type) {
      return new SimulationsClient(client).queue(file.body(json()), type);
    }
  }

  /** {@code tutti simulation rerun}. */
  @Command(
      name = "rerun",
      description = "Starts a simulation once more with the same request and ESDL.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti simulation rerun my-street-0123abcd --watch"})
  static final class Rerun extends Beginning {
    @Mixin private final SimulationOption simulation = new SimulationOption();

    @Option(names = "--queue", description = "Let it wait for its turn.")
    private boolean queue;

    Rerun(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    <T> T begin(TuttiClient client, Class<T> type) {
      return new SimulationsClient(client).rerun(simulation.id(client), queue, type);
    }
  }
}
