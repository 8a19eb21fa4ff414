package dev.tutti.cli;

import dev.tutti.api.ClientFailure;
import dev.tutti.api.EventFollower;
import dev.tutti.api.EventView;
import dev.tutti.api.Page;
import dev.tutti.api.Resource;
import dev.tutti.api.TuttiClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tutti event}: the journal. */
@Command(
    name = "event",
    description = "Shows what happened, and what happens.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {"  tutti event ls", "  tutti event follow -o json"})
final class EventCommand implements Noun {
  @Mixin final HelpOption help = new HelpOption();

  @Override
  public List<Object> verbs(TuttiCommand tutti) {
    return List.of(new Ls(tutti), new Follow(tutti));
  }

  /** Which events are meant. */
  static final class Choice {
    @Option(names = "--from", paramLabel = "N", description = "Begin with event number N.")
    @Nullable Long from;

    @Option(
        names = "--owner",
        paramLabel = "KIND:ID",
        description = "Only events of this owner, such as deployment:dots-so~sim02-abc.")
    @Nullable String owner;

    /** The number of the event before the first one; null when none was named. */
    @Nullable String after() {
      return from == null ? null : Long.toString(Math.max(0, from - 1));
    }

    @Option(
        names = "--type",
        paramLabel = "TYPE",
        description =
            "Only events of these types, separated by commas; model means all that begin with it.")
    @Nullable String type;

    @Option(names = "--subject", paramLabel = "ID", description = "Only events about this object.")
    @Nullable String subject;

    /** Which events, wherever one begins. */
    Map<String, String> filter() {
      Map<String, String> filter = new LinkedHashMap<>();
      add(filter, "owner", owner);
      add(filter, "type", type);
      add(filter, "subject", subject);
      return filter;
    }

    private static void add(Map<String, String> filter, String name, @Nullable String value) {
      if (value != null) {
        filter.put(name, value);
      }
    }
  }

  /** {@code tutti event ls}. */
  @Command(
      name = "ls",
      description = "Lists events, the oldest first.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti event ls --owner deployment:dots-so~sim02-abc",
        "  tutti event ls --from 1000 --limit 50 -o json"
      })
  static final class Ls extends ClientCommand {
    @Mixin private final Choice choice = new Choice();

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "At most so many, up to 1000. Default: 1000.")
    private int limit = 1000;

    @Option(
        names = "--since",
        paramLabel = "TIME",
        description = "Only what happened then or later, such as 2030-01-31T12:00:00Z.")
    private @Nullable String since;

    @Mixin private final OutputOption output = new OutputOption();

    Ls(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      if (output.structured()) {
        Page<Tree> page = page(client, Resource.EVENTS.as(Tree.class));
        Tree next = page.next() == null ? new Tree.Word(null) : new Tree.Text(page.next());
        print(output.text(json(), Listed.page(page.items(), next)));
        return ExitStatus.OK;
      }
      Page<EventView> page = page(client, Resource.EVENTS);
      Views views = new Views(around().clock());
      page.items().forEach(event -> print(views.event(event)));
      List<EventView> events = page.items();
      if (page.next() != null && !events.isEmpty()) {
        note("there are more: --from " + (events.getLast().number() + 1));
      }
      return ExitStatus.OK;
    }

    private <T> Page<T> page(TuttiClient client, Resource<T> events) {
      Map<String, String> filter = choice.filter();
      Choice.add(filter, "after", choice.after());
      Choice.add(filter, "since", since);
      return client.page(events, filter, null, limit);
    }
  }

  /** {@code tutti event follow}. */
  @Command(
      name = "follow",
      aliases = "watch",
      description = {
        "Prints events as they happen, until Ctrl-C. Goes on where it was when a connection is lost.",
        "With -o json each line is one event, with -o yaml each document."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti event follow",
        "  tutti event follow --from 1 --owner deployment:dots-so~sim02-abc",
        "  tutti event follow -o json | jq -r .message"
      })
  static final class Follow extends ClientCommand {
    @Mixin private final Choice choice = new Choice();
    @Mixin private final OutputOption output = new OutputOption();

    Follow(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) throws InterruptedException {
      if (output.structured()) {
        follow(client, Tree.class, event -> output.item(json(), event));
      } else {
        follow(client, EventView.class, new Views(around().clock())::event);
      }
      return ExitStatus.OK;
    }

    private <T> void follow(TuttiClient client, Class<T> type, Function<T, String> line)
        throws InterruptedException {
      new EventFollower<>(client, type, choice.after(), choice.filter(), around().patience())
          .follow(
              new EventFollower.Listener<>() {
                @Override
                public void connected() {}

                @Override
                public boolean happened(T event) {
                  print(line.apply(event));
                  // A reader that has seen enough, such as head, ends this.
                  return !around().out().checkError();
                }

                @Override
                public void lost(ClientFailure failure) {
                  note(failure.getMessage() + "; trying again");
                }
              });
    }
  }
}
