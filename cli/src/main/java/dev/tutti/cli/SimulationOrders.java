package dev.tutti.cli;

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
    int run(TuttiClient client) {
      SimulationsClient simulations = new SimulationsClient(client);
      byte[] body = file.body(json());
      if (output.json()) {
        print(json().pretty(simulations.plan(body, Tree.class)));
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
    @Option(names = "--watch", description = "Show how it goes on until it ends.")
    private boolean watch;

    @Mixin private final OutputOption output = new OutputOption();

    Beginning(TuttiCommand tutti) {
      super(tutti);
    }

    abstract <T> T begin(TuttiClient client, Class<T> type);

    @Override
    final int run(TuttiClient client) throws InterruptedException {
      if (output.json()) {
        Tree begun = begin(client, Tree.class);
        print(json().pretty(begun));
        return ExitStatus.OK;
      }
      SimulationView begun = begin(client, SimulationView.class);
      print(Printable.line(begun.id()));
      return watch ? SimulationCommand.watch(client, around(), begun.id()) : ExitStatus.OK;
    }
  }

  /** {@code tutti simulation start}. */
  @Command(
      name = "start",
      description = "Starts a simulation, past the queue, and prints its id.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti simulation start street.json --esdl street.esdl --watch"})
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
