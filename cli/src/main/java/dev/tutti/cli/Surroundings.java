package dev.tutti.cli;

import dev.tutti.api.EventFollower.Patience;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a command touches apart from the server; a test gives its own.
 *
 * @param home the user's folder
 * @param patience how long to try again when a connection broke, and how to wait
 */
public record Surroundings(
    PrintStream out,
    PrintStream err,
    Screen screen,
    Map<String, String> environment,
    Path home,
    Clock clock,
    Patience patience) {

  /** Those of this process. */
  public static Surroundings ofProcess() {
    return new Surroundings(
        System.out,
        System.err,
        new ProcessScreen(),
        System.getenv(),
        Path.of(System.getProperty("user.home")),
        Clock.system(ZoneId.systemDefault()),
        Patience.USUAL);
  }

  /** The value of an environment variable; null when it is absent or empty. */
  @Nullable String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** Colours are for people who look at a terminal and did not ask to be spared. */
  boolean coloured() {
    return variable("NO_COLOR") == null && screen.terminal();
  }

  boolean debugging() {
    return "1".equals(variable("TUTTI_DEBUG"));
  }

  /** Without the environment, which has the token. */
  @Override
  public String toString() {
    return "Surroundings[%s]".formatted(home);
  }
}
