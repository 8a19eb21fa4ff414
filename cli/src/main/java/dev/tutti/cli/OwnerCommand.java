package dev.tutti.cli;

import dev.tutti.api.Resource;
import dev.tutti.api.StuckOwnerView;
import dev.tutti.api.TuttiClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tutti owner}: what decides nothing because one of its messages failed. */
@Command(
    name = "owner",
    description =
        "Shows and releases owners in quarantine: a message of theirs failed three times.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {"  tutti owner ls", "  tutti owner retry deployment:dots-so~sim02-abc"})
final class OwnerCommand implements Noun {
  @Mixin final HelpOption help = new HelpOption();

  @Override
  public List<Object> verbs(TuttiCommand tutti) {
    return List.of(new Ls(tutti), new Retry(tutti), new Skip(tutti));
  }

  /** {@code tutti owner ls}. */
  @Command(
      name = "ls",
      description = "Lists owners in quarantine, and why.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti owner ls", "  tutti owner ls -o json"})
  static final class Ls extends ListCommand<StuckOwnerView> {
    Ls(TuttiCommand tutti) {
      super(tutti, Resource.STUCK_OWNERS, InsightViews::stuckOwners);
    }
  }

  /** {@code tutti owner retry}. */
  @Command(
      name = "retry",
      description = "Lets an owner in quarantine decide on the message that failed again.",
      footerHeading = "%nExamples:%n",
      footer = "  tutti owner retry deployment:dots-so~sim02-abc")
  static final class Retry extends ClientCommand {
    @Parameters(paramLabel = "OWNER", description = "As `tutti owner ls` shows it: kind:id.")
    private String owner = "";

    @Mixin private final ChangeOption change = new ChangeOption();

    Retry(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      client.act(Resource.STUCK_OWNERS, owner, "retry");
      print(change.sentence(owner, "tries again"));
      return ExitStatus.OK;
    }
  }

  /** {@code tutti owner skip}. */
  @Command(
      name = "skip",
      description = "Lets an owner in quarantine go on without the message that failed.",
      footerHeading = "%nExamples:%n",
      footer = "  tutti owner skip deployment:dots-so~sim02-abc")
  static final class Skip extends ClientCommand {
    @Parameters(paramLabel = "OWNER", description = "As `tutti owner ls` shows it: kind:id.")
    private String owner = "";

    @Mixin private final ChangeOption change = new ChangeOption();

    Skip(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      client.act(Resource.STUCK_OWNERS, owner, "skip");
      print(change.sentence(owner, "goes on without the message that failed"));
      return ExitStatus.OK;
    }
  }
}
