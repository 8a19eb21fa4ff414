package dev.tutti.app;

import dev.tutti.cli.TuttiCommand;
import dev.tutti.cli.Word;
import java.util.List;

/** The {@code tutti} program. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    int code = TuttiCommand.tutti(commands()).execute(arguments);
    // Runtime.exit() logs itself, which starts the logging library: 100 ms that success can save.
    if (code != 0 || threadsLinger()) {
      System.exit(code);
    }
  }

  /** Whether the process would wait for threads that are idle, as Netty's are for a second. */
  private static boolean threadsLinger() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> !thread.isDaemon() && !thread.equals(Thread.currentThread()));
  }

  /** Those that need more than a client of the API. */
  static List<Word> commands() {
    return List.of(
        Word.alone("server", ServerCommand::new),
        Word.alone("config", ConfigCommand::new),
        Word.alone("restore", RestoreCommand::new),
        Word.alone("demo", DemoCommand::new),
        Word.of("image", "build", ImageBuildCommand::new),
        Word.alone("aot-train", AotTrainCommand::new));
  }
}
