package dev.tutti.cli;

import dev.tutti.api.Resource;
import dev.tutti.api.TuttiClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tutti deployment retry} and {@code skip}: the two ends of a quarantine. */
abstract class ReleaseCommand extends ClientCommand {
  private final String verb;
  private final String outcome;

  @Parameters(paramLabel = "DEPLOYMENT", description = "Its id, or a simulation's.")
  private String deployment = "";

  @Mixin private final ChangeOption change = new ChangeOption();

  ReleaseCommand(TuttiCommand tutti, String verb, String outcome) {
    super(tutti);
    this.verb = verb;
    this.outcome = outcome;
  }

  @Override
  protected int run(TuttiClient client) {
    String id = new ShortNames(client).deployment(deployment);
    client.act(Resource.DEPLOYMENTS, id, verb);
    print(change.sentence(id, outcome));
    return ExitStatus.OK;
  }

  /** {@code tutti deployment retry}. */
  @Command(
      name = "retry",
      description = "Lets a deployment in quarantine decide on the message that failed again.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti deployment explain sim02-abc", "  tutti deployment retry sim02-abc"})
  static final class Retry extends ReleaseCommand {
    Retry(TuttiCommand tutti) {
      super(tutti, "retry", "tries again");
    }
  }

  /** {@code tutti deployment skip}. */
  @Command(
      name = "skip",
      description = "Lets a deployment in quarantine go on without the message that failed.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti deployment explain sim02-abc", "  tutti deployment skip sim02-abc"})
  static final class Skip extends ReleaseCommand {
    Skip(TuttiCommand tutti) {
      super(tutti, "skip", "goes on without the message that failed");
    }
  }
}
