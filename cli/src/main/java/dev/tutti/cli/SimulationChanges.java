package dev.tutti.cli;

import dev.tutti.api.Resource;
import dev.tutti.api.SimulationView;
import dev.tutti.api.SimulationsClient;
import dev.tutti.api.TuttiClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The verbs of {@code tutti simulation} that change one. */
final class SimulationChanges {
  private SimulationChanges() {}

  /** A change to one simulation. */
  abstract static class Change extends ClientCommand {
    @Mixin private final SimulationOption simulation = new SimulationOption();
    @Mixin private final ChangeOption change = new ChangeOption();

    Change(TuttiCommand tutti) {
      super(tutti);
    }

    abstract SimulationView change(SimulationsClient client, String id);

    /** How it is when the command returns. */
    SimulationView after(TuttiClient client, SimulationView changed) throws InterruptedException {
      return changed;
    }

    @Override
    protected int run(TuttiClient client) throws InterruptedException {
      SimulationView now =
          after(client, change(new SimulationsClient(client), simulation.id(client)));
      String place = now.place() == 0 ? "" : ", place " + now.place() + " in the queue";
      print(change.sentence(now.id(), "is " + SimulationTexts.state(now) + place));
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
      aliases = "stop",
      description = "Ends a simulation; one that waits leaves the queue.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti simulation cancel my-street",
        "  tutti simulation cancel my-street --wait"
      })
  static final class Cancel extends Change {
    @Mixin private final WaitOption waiting = new WaitOption();

    Cancel(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    SimulationView change(SimulationsClient client, String id) {
      return client.cancel(id, SimulationView.class);
    }

    @Override
    SimulationView after(TuttiClient client, SimulationView changed) throws InterruptedException {
      return waiting.wait
          ? new Ending<>(client, Resource.SIMULATIONS, SimulationTexts::ended)
              .await(changed.id(), waiting.timeout, around().patience())
          : changed;
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
