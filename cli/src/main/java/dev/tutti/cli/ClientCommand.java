package dev.tutti.cli;

import dev.tutti.api.ClientFailure;
import dev.tutti.api.Resource;
import dev.tutti.api.TuttiClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine.Mixin;

/** A command that talks to a server: it says which one, and has help. */
public abstract class ClientCommand implements Callable<Integer> {
  private final TuttiCommand tutti;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();
  @Mixin final HelpOption help = new HelpOption();

  protected ClientCommand(TuttiCommand tutti) {
    this.tutti = tutti;
  }

  /** Does it, on a connection that may fail. */
  protected abstract int run(TuttiClient client) throws InterruptedException;

  @Override
  public final Integer call() throws InterruptedException {
    return run(tutti.client(connection));
  }

  protected final Surroundings around() {
    return tutti.surroundings();
  }

  final Path dataFolder() {
    return tutti.dataFolder(connection.data);
  }

  protected final JacksonJson json() {
    return tutti.json();
  }

  protected final void print(String line) {
    around().out().println(line);
  }

  /** Something to know that is no part of the answer. */
  final void note(String line) {
    around().err().println("tutti: " + Printable.line(line));
  }

  /** Copies what the server sends, to its end. */
  static void copy(TuttiClient client, InputStream sent, OutputStream out) {
    try (sent) {
      sent.transferTo(out);
    } catch (IOException broken) {
      throw new ClientFailure.NotReachable(client.server(), broken);
    }
  }

  /** All items that {@code choose} lets through, once or until nobody looks any more. */
  protected final <T> int list(
      TuttiClient client,
      ListOptions options,
      Resource<T> resource,
      Map<String, String> filter,
      Function<List<T>, Predicate<T>> choose,
      Table<T> table)
      throws InterruptedException {
    Listing<T> listing = new Listing<>(options, resource.type(), table, json(), around());
    if (!options.watch) {
      List<Tree> items = client.list(resource.as(Tree.class), filter);
      List<T> views = listing.views(items);
      listing.print(items, views, choose.apply(views));
      return ExitStatus.OK;
    }
    Screen screen = around().screen();
    try (Interruptible _ = Interruptible.ending(() -> {})) {
      new ListWatch(client)
          .run(
              around().patience(),
              note -> {
                List<Tree> items = client.list(resource.as(Tree.class), filter);
                List<T> views = listing.views(items);
                listing.update(items, views, choose.apply(views), note);
                // A reader that has seen enough, such as head, ends this.
                return !around().out().checkError();
              },
              screen.terminal() ? _ -> {} : this::note);
    }
    return ExitStatus.OK;
  }

  final <T> void printTable(Table<T> table, List<T> items) {
    StringBuilder text = new StringBuilder();
    for (String line : table.lines(items, around().screen().width(), around().coloured())) {
      text.append(line).append(System.lineSeparator());
    }
    around().out().print(text);
    around().out().flush();
  }

  /** One object, as what {@code describe} makes of it or for programs. */
  final <T> int show(
      TuttiClient client,
      OutputOption output,
      Resource<T> resource,
      String id,
      Function<T, Details> describe) {
    if (output.structured()) {
      print(output.text(json(), client.get(resource.as(Tree.class), id)));
    } else {
      around().out().print(describe.apply(client.get(resource, id)).text(around().coloured()));
      around().out().flush();
    }
    return ExitStatus.OK;
  }
}
