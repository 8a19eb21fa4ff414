package dev.tutti.cli;

import dev.tutti.api.Resource;
import dev.tutti.api.SimulationView;
import dev.tutti.api.TuttiClient;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Parameters;

/** The simulation that a command is about. */
final class SimulationOption {
  private static final Pattern WHOLE = Pattern.compile(".+-[0-9a-f]{8}");

  @Parameters(
      index = "0",
      paramLabel = "SIMULATION",
      description = "Its id, or how the only such id begins.")
  private String typed = "";

  /** The whole id. */
  String id(TuttiClient client) {
    if (WHOLE.matcher(typed).matches()) {
      return typed;
    }
    List<String> meant =
        client.list(Resource.SIMULATIONS, Map.of()).stream()
            .map(SimulationView::id)
            .filter(id -> id.startsWith(typed))
            .toList();
    return switch (meant.size()) {
      case 1 -> meant.getFirst();
      case 0 ->
          throw new CommandFailure(
              ExitStatus.NOT_FOUND,
              "there is no simulation " + typed,
              "`tutti simulation ls` lists them.");
      default ->
          throw new CommandFailure(
              ExitStatus.USAGE,
              typed + " may mean any of " + meant.size() + " simulations",
              "Say which one: " + String.join(", ", meant.subList(0, Math.min(8, meant.size()))));
    };
  }
}
