package dev.tutti.cli;

import dev.tutti.api.Resource;
import dev.tutti.api.TuttiClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine.Mixin;

/** A command that talks to a server. */
abstract class ClientCommand implements Callable<Integer> {
  private final TuttiCommand tutti;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();
  @Mixin final HelpOption help = new HelpOption();

  ClientCommand(TuttiCommand tutti) {
    this.tutti = tutti;
  }

  /** Does it, on a connection that may fail. */
  abstract int run(TuttiClient client) throws InterruptedException;

  @Override
  public final Integer call() throws InterruptedException {
    return run(tutti.client(connection));
  }

  final Surroundings around() {
    return tutti.surroundings();
  }

  final Path dataFolder() {
    return tutti.dataFolder(connection.data);
  }

  final JacksonJson json() {
    return tutti.json();
  }

  final void print(String line) {
    around().out().println(line);
  }

  /** Something to know that is no part of the answer. */
  final void note(String line) {
    around().err().println("tutti: " + Printable.line(line));
  }

  /** All items that {@code choose} lets through, as a table or as one page of JSON. */
  final <T> int list(
      TuttiClient client,
      OutputOption output,
      Resource<T> resource,
      Map<String, String> filter,
      Function<List<T>, Predicate<T>> choose,
      Table<T> table) {
    if (output.json()) {
      List<Tree> items = client.list(resource.as(Tree.class), filter);
      List<T> views = items.stream().map(item -> ViewReader.read(item, resource.type())).toList();
      Predicate<T> shown = choose.apply(views);
      print(json().pretty(Listed.page(items, views, shown)));
    } else {
      List<T> views = client.list(resource, filter);
      printTable(table, views.stream().filter(choose.apply(views)).toList());
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

  /** One object, as what {@code describe} makes of it or as JSON. */
  final <T> int show(
      TuttiClient client,
      OutputOption output,
      Resource<T> resource,
      String id,
      Function<T, Details> describe) {
    if (output.json()) {
      print(json().pretty(client.get(resource.as(Tree.class), id)));
    } else {
      around().out().print(describe.apply(client.get(resource, id)).text(around().coloured()));
      around().out().flush();
    }
    return ExitStatus.OK;
  }
}
