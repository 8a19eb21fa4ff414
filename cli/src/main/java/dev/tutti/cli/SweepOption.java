package dev.tutti.cli;

import dev.tutti.api.Resource;
import dev.tutti.api.SweepView;
import dev.tutti.api.TuttiClient;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Parameters;

/** The sweep that a command is about. */
final class SweepOption {
  @Parameters(
      index = "0",
      paramLabel = "SWEEP",
      description = "Its id, or how the only such id begins.")
  private String typed = "";

  /** The whole id. */
  String id(TuttiClient client) {
    List<String> all = client.list(Resource.SWEEPS, Map.of()).stream().map(SweepView::id).toList();
    if (all.contains(typed)) {
      return typed;
    }
    List<String> meant = all.stream().filter(id -> id.startsWith(typed)).toList();
    return switch (meant.size()) {
      case 1 -> meant.getFirst();
      case 0 ->
          throw new CommandFailure(
              ExitStatus.NOT_FOUND,
              "there is no sweep " + typed,
              "`tutti simulation sweep ls` lists them.");
      default ->
          throw new CommandFailure(
              ExitStatus.USAGE,
              typed + " may mean any of " + meant.size() + " sweeps",
              "Say which one: " + String.join(", ", meant.subList(0, Math.min(8, meant.size()))));
    };
  }
}
