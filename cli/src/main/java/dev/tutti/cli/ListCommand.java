package dev.tutti.cli;

import dev.tutti.api.Resource;
import dev.tutti.api.TuttiClient;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** A list of all of something, as {@code ls} without filters of its own gives it. */
abstract class ListCommand<T> extends ClientCommand {
  private final Resource<T> resource;
  private final Function<InsightViews, Table<T>> table;

  @Mixin private final ListOptions options = new ListOptions();

  ListCommand(TuttiCommand tutti, Resource<T> resource, Function<InsightViews, Table<T>> table) {
    super(tutti);
    this.resource = resource;
    this.table = table;
  }

  @Override
  protected int run(TuttiClient client) throws InterruptedException {
    InsightViews views = new InsightViews(around().clock());
    return list(client, options, resource, Map.of(), _ -> _ -> true, table.apply(views));
  }
}
