package dev.tutti.cli;

import dev.tutti.api.ModelView;
import dev.tutti.api.Resource;
import dev.tutti.api.TuttiClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tutti model}: the models of deployments. */
@Command(
    name = "model",
    description = "Shows and stops models.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti model ls --state failed",
      "  tutti model watch --deployment sim02-abc",
      "  tutti model logs sim02-abc/1-model"
    })
final class ModelCommand implements Noun {
  @Mixin final HelpOption help = new HelpOption();

  @Override
  public List<Object> verbs(TuttiCommand tutti) {
    return List.of(
        new Ls(tutti),
        new Get(tutti),
        new ExplainCommand.OfModel(tutti),
        new Logging(tutti),
        new Watch(tutti),
        new Stop(tutti));
  }

  /** {@code tutti model ls}. */
  @Command(
      name = "ls",
      description = "Lists the models of each simulation's newest attempt.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti model ls",
        "  tutti model ls --deployment sim02-abc --state running",
        "  tutti model ls -o json | jq -r '.items[].id'"
      })
  static final class Ls extends ClientCommand {
    @Option(
        names = "--deployment",
        paramLabel = "ID",
        description = "Only models of this deployment.")
    private @Nullable String deployment;

    @Option(
        names = "--state",
        paramLabel = "STATE",
        description = "Only models that are created, running, succeeded or failed.")
    private @Nullable String state;

    @Option(names = "--all-attempts", description = "Also models of earlier attempts.")
    private boolean allAttempts;

    @Mixin private final ListOptions options = new ListOptions();

    Ls(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) throws InterruptedException {
      boolean all = allAttempts || deployment != null;
      Map<String, String> filter = new HashMap<>();
      if (deployment != null) {
        filter.put("deployment", new ShortNames(client).deployment(deployment));
      }
      // Which attempt is the newest shows only when models of all states are there.
      if (all && state != null) {
        filter.put("state", state);
      }
      Table<ModelView> table = new Views(around().clock()).models(allAttempts);
      return list(client, options, Resource.MODELS, filter, models -> shown(models, all), table);
    }

    private Predicate<ModelView> shown(List<ModelView> models, boolean all) {
      Predicate<ModelView> attempt = all ? _ -> true : DeploymentId.newestOf(models);
      return attempt.and(model -> state == null || model.state().equals(state));
    }
  }

  /** {@code tutti model get}. */
  @Command(
      name = "get",
      description = "Shows a model, with the last lines of its output once it ended.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti model get 1-model", "  tutti model get sim02-abc/1-model -o json"})
  static final class Get extends ClientCommand {
    @Parameters(paramLabel = "MODEL", description = "Its id, or simulation/model.")
    private String model = "";

    @Mixin private final OutputOption output = new OutputOption();

    Get(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      String id = new ShortNames(client).model(model);
      return show(client, output, Resource.MODELS, id, new Views(around().clock())::model);
    }
  }

  /** {@code tutti model logs}. */
  @Command(
      name = "logs",
      description = "Prints what a model wrote, byte for byte.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti model logs 1-model", "  tutti model logs -f --tail 20 sim02-abc/1-model"})
  static final class Logging extends ClientCommand {
    @Parameters(paramLabel = "MODEL", description = "Its id, or simulation/model.")
    private String model = "";

    @Mixin private final Logs logs = new Logs();

    Logging(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      String id = new ShortNames(client).model(model);
      return logs.print(client, Resource.MODELS, id, around().out());
    }
  }

  /** {@code tutti model watch}. */
  @Command(
      name = "watch",
      description = {
        "Shows models as they change: a live table on a terminal, else a line for each change.",
        "Ends with Ctrl-C."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti model watch",
        "  tutti model watch --deployment sim02-abc --exit-when-ended"
      })
  static final class Watch extends ClientCommand {
    @Option(
        names = "--deployment",
        paramLabel = "ID",
        description = "Only models of this deployment.")
    private @Nullable String deployment;

    @Option(names = "--exit-when-ended", description = "End once all models shown have ended.")
    private boolean exitWhenEnded;

    Watch(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) throws InterruptedException {
      String id = deployment == null ? null : new ShortNames(client).deployment(deployment);
      Surroundings around = around();
      Screen screen = around.screen();
      try (ModelBoard board =
              new ModelBoard(
                  around.out(),
                  screen.terminal(),
                  screen::width,
                  screen::height,
                  around.coloured(),
                  around.clock().getZone());
          Interruptible _ = Interruptible.ending(board)) {
        new ModelWatch(client, id, board, screen.terminal() ? _ -> {} : this::note)
            .run(around.patience(), exitWhenEnded);
      }
      return ExitStatus.OK;
    }
  }

  /** {@code tutti model stop}. */
  @Command(
      name = "stop",
      description = "Asks a model to end.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti model stop 1-model",
        "  tutti model stop sim02-abc/1-model --grace 10s --wait"
      })
  static final class Stop extends ClientCommand {
    @Parameters(paramLabel = "MODEL", description = "Its id, or simulation/model.")
    private String model = "";

    @Mixin private final GraceOption stopping = new GraceOption();
    @Mixin private final WaitOption waiting = new WaitOption();
    @Mixin private final ChangeOption change = new ChangeOption();

    Stop(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) throws InterruptedException {
      String id = new ShortNames(client).model(model);
      ModelView now = client.stop(Resource.MODELS, id, stopping.grace);
      if (waiting.wait) {
        now =
            new Ending<>(client, Resource.MODELS, ModelBoard::ended)
                .await(id, waiting.ofStop(stopping.grace), around().patience());
      }
      String end = ModelBoard.ended(now) ? now.state() + ModelBoard.why(now) : "is stopping";
      print(change.sentence(id, end));
      return ExitStatus.OK;
    }
  }
}
