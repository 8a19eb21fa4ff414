package dev.tutti.app;

import dev.tutti.cli.TuttiCommand;
import java.util.List;

/** The {@code tutti} program. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    int code = TuttiCommand.tutti(commands()).execute(arguments);
    // Runtime.exit() logs itself, which starts the logging library: 100 ms that success can save.
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Those that need more than a client of the API. */
  static List<Object> commands() {
    return List.of(new ServerCommand(), new DemoCommand(), new AotTrainCommand());
  }
}
