package dev.tutti.examples.reminders;

import dev.tutti.api.Resource;
import dev.tutti.api.TuttiClient;
import dev.tutti.cli.ChangeOption;
import dev.tutti.cli.ClientCommand;
import dev.tutti.cli.Column;
import dev.tutti.cli.ExitStatus;
import dev.tutti.cli.HelpOption;
import dev.tutti.cli.ListOptions;
import dev.tutti.cli.Noun;
import dev.tutti.cli.Table;
import dev.tutti.cli.Tree;
import dev.tutti.cli.TuttiCommand;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tutti reminder}. */
@Command(
    name = "reminder",
    description = "Says something when its time has come.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {"  tutti reminder add tea 'It has drawn.' --in 180", "  tutti reminder ls"})
public final class ReminderCommand implements Noun {

  private static final Resource<Tree> REMINDERS = new Resource<>("reminders", Tree.class);

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public List<Object> verbs(TuttiCommand tutti) {
    return List.of(new Ls(tutti), new Add(tutti), new Rm(tutti));
  }

  /** {@code tutti reminder ls}. */
  @Command(
      name = "ls",
      description = "Lists reminders.",
      footerHeading = "%nExamples:%n",
      footer = "  tutti reminder ls --watch")
  static final class Ls extends ClientCommand {
    @Mixin private final ListOptions options = new ListOptions();

    Ls(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) throws InterruptedException {
      Table<Tree> table =
          new Table<>(
              List.of(
                  Column.of("REMINDER", reminder -> reminder.text("id")),
                  Column.state(reminder -> reminder.text("state")),
                  Column.of("DUE", reminder -> reminder.text("due")),
                  Column.shrinking("TEXT", reminder -> reminder.text("text"))));
      return list(client, options, REMINDERS, Map.of(), _ -> _ -> true, table);
    }
  }

  /** {@code tutti reminder add}. */
  @Command(
      name = "add",
      description = "Sets a reminder.",
      footerHeading = "%nExamples:%n",
      footer = "  tutti reminder add tea 'It has drawn.' --in 180")
  static final class Add extends ClientCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "Its name.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "TEXT", description = "What to say.")
    private String text = "";

    @Option(names = "--in", paramLabel = "SECONDS", required = true, description = "When.")
    private long seconds;

    @Mixin private final ChangeOption change = new ChangeOption();

    Add(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      client.put(
          REMINDERS,
          id,
          new Tree.Fields(
              Map.of(
                  "text", new Tree.Text(text),
                  "inSeconds", new Tree.Digits(Long.toString(seconds)))));
      print(change.sentence(id, "will be told"));
      return ExitStatus.OK;
    }
  }

  /** {@code tutti reminder rm}. */
  @Command(
      name = "rm",
      description = "Forgets a reminder.",
      footerHeading = "%nExamples:%n",
      footer = "  tutti reminder rm tea")
  static final class Rm extends ClientCommand {
    @Parameters(paramLabel = "ID", description = "Its name.")
    private String id = "";

    @Mixin private final ChangeOption change = new ChangeOption();

    Rm(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      client.delete(REMINDERS, id);
      print(change.sentence(id, "is forgotten"));
      return ExitStatus.OK;
    }
  }
}
