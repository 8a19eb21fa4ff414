package dev.tutti.cli;

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
