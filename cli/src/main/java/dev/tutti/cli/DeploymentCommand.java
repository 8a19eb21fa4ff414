package dev.tutti.cli;

import dev.tutti.api.DeploymentView;
import dev.tutti.api.Resource;
import dev.tutti.api.TuttiClient;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tutti deployment}: the models that one DeployModels asked for. */
@Command(
    name = "deployment",
    description = "Shows and stops deployments: the models of one simulation.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {"  tutti deployment ls", "  tutti deployment stop sim02-abc --wait"})
final class DeploymentCommand implements Noun {
  @Mixin final HelpOption help = new HelpOption();

  @Override
  public List<Object> verbs(TuttiCommand tutti) {
    return List.of(
        new Ls(tutti),
        new Get(tutti),
        new ExplainCommand.OfDeployment(tutti),
        new Stop(tutti),
        new ReleaseCommand.Retry(tutti),
        new ReleaseCommand.Skip(tutti));
  }

  /** {@code tutti deployment ls}. */
  @Command(
      name = "ls",
      description = "Lists deployments.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti deployment ls", "  tutti deployment ls --state ready -o json"})
  static final class Ls extends ClientCommand {
    @Option(
        names = "--state",
        paramLabel = "STATE",
        description = "Only those that are queued, starting, ready, ended or refused.")
    private @Nullable String state;

    @Mixin private final ListOptions options = new ListOptions();

    Ls(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) throws InterruptedException {
      Map<String, String> filter = state == null ? Map.of() : Map.of("state", state);
      Table<DeploymentView> table = new Views(around().clock()).deployments();
      return list(client, options, Resource.DEPLOYMENTS, filter, _ -> _ -> true, table);
    }
  }

  /** {@code tutti deployment get}. */
  @Command(
      name = "get",
      description = "Shows a deployment.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti deployment get sim02-abc                its newest attempt",
        "  tutti deployment get dots-so~sim02-abc~1      its first one"
      })
  static final class Get extends ClientCommand {
    @Parameters(paramLabel = "DEPLOYMENT", description = "Its id, or a simulation's.")
    private String deployment = "";

    @Mixin private final OutputOption output = new OutputOption();

    Get(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      String id = new ShortNames(client).deployment(deployment);
      Views views = new Views(around().clock());
      return show(client, output, Resource.DEPLOYMENTS, id, views::deployment);
    }
  }

  /** {@code tutti deployment stop}. */
  @Command(
      name = "stop",
      description = "Asks all models of a deployment to end.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti deployment stop sim02-abc",
        "  tutti deployment stop sim02-abc --grace 10s --wait"
      })
  static final class Stop extends ClientCommand {
    @Parameters(paramLabel = "DEPLOYMENT", description = "Its id, or a simulation's.")
    private String deployment = "";

    @Mixin private final GraceOption stopping = new GraceOption();
    @Mixin private final WaitOption waiting = new WaitOption();
    @Mixin private final ChangeOption change = new ChangeOption();

    Stop(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) throws InterruptedException {
      String id = new ShortNames(client).deployment(deployment);
      DeploymentView now = client.stop(Resource.DEPLOYMENTS, id, stopping.grace);
      if (waiting.wait) {
        now =
            new Ending<>(client, Resource.DEPLOYMENTS, Stop::ended)
                .await(id, waiting.ofStop(stopping.grace), around().patience());
      }
      print(change.sentence(id, ended(now) ? now.state() : "is stopping"));
      return ExitStatus.OK;
    }

    private static boolean ended(DeploymentView deployment) {
      return deployment.state().equals("ended") || deployment.state().equals("refused");
    }
  }
}
