package dev.tutti.cli;

import dev.tutti.api.OrphanView;
import dev.tutti.api.Resource;
import dev.tutti.api.TuttiClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tutti workload orphans}: what runs with our mark and without a record. */
@Command(
    name = "orphans",
    description = {
      "Lists workloads with Tutti's mark that no record knows.",
      "They come from a data folder that was lost or restored, and are left alone until you adopt or",
      "remove each."
    },
    synopsisSubcommandLabel = "[adopt|remove]",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti workload orphans",
      "  tutti workload orphans adopt ID     supervise it from now on",
      "  tutti workload orphans remove ID    end it, and delete what is left of it"
    })
final class OrphansCommand extends ListCommand<OrphanView> implements Noun {

  OrphansCommand(TuttiCommand tutti) {
    super(tutti, Resource.ORPHANS, InsightViews::orphans);
  }

  @Override
  public List<Object> verbs(TuttiCommand tutti) {
    return List.of(new Adopt(tutti), new Remove(tutti));
  }

  /** {@code tutti workload orphans adopt}. */
  @Command(
      name = "adopt",
      description = {
        "Makes a record of an orphaned workload, so that it is supervised.",
        "Its end is recorded, its output can be read, and `tutti workload stop` ends it."
      },
      footerHeading = "%nExamples:%n",
      footer = "  tutti workload orphans adopt ID")
  static final class Adopt extends ClientCommand {
    @Parameters(paramLabel = "ID", description = "Its id.")
    private String id = "";

    @Mixin private final ChangeOption change = new ChangeOption();

    Adopt(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      client.act(Resource.ORPHANS, id, "adopt");
      print(change.sentence(id, "is adopted; `tutti workload get " + id + "` shows it"));
      return ExitStatus.OK;
    }
  }

  /** {@code tutti workload orphans remove}. */
  @Command(
      name = "remove",
      aliases = "rm",
      description = "Ends an orphaned workload, and deletes it and its output.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti workload orphans remove ID", "  tutti workload orphans remove --yes ID"})
  static final class Remove extends ClientCommand {
    @Parameters(paramLabel = "ID", description = "Its id.")
    private String id = "";

    @Option(
        names = {"-y", "--yes"},
        description = "Do not ask before.")
    private boolean yes;

    @Mixin private final ChangeOption change = new ChangeOption();

    Remove(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      OrphanView orphan = client.get(Resource.ORPHANS, id);
      String what = "%s (%s, %s)".formatted(id, orphan.image(), orphan.place());
      if (!yes && !around().confirms("End " + what + " and delete its output?")) {
        throw new CommandFailure(
            ExitStatus.FAILED, id + " is left alone", "--yes removes it without asking.");
      }
      client.delete(Resource.ORPHANS, id);
      print(change.sentence(id, "is removed"));
      return ExitStatus.OK;
    }
  }
}
