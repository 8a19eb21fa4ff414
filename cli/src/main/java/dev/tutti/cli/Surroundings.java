package dev.tutti.cli;

import dev.tutti.api.EventFollower.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a command touches apart from the server; a test gives its own.
 *
 * @param home the user's folder
 * @param in what a person types
 * @param patience how long to try again when a connection broke, and how to wait
 */
public record Surroundings(
    PrintStream out,
    PrintStream err,
    Screen screen,
    Map<String, String> environment,
    Path home,
    Clock clock,
    Patience patience,
    InputStream in) {

  /** Those of this process. */
  public static Surroundings ofProcess() {
    return new Surroundings(
        System.out,
        System.err,
        new ProcessScreen(),
        System.getenv(),
        Path.of(System.getProperty("user.home")),
        Clock.system(ZoneId.systemDefault()),
        Patience.USUAL,
        System.in);
  }

  /** Asks the person at the terminal; where nobody sits, nobody agrees. */
  boolean confirms(String question) {
    if (!screen.terminal()) {
      return false;
    }
    err.print("tutti: " + Printable.line(question) + " [y/N] ");
    err.flush();
    StringBuilder answer = new StringBuilder();
    try {
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        answer.append((char) next);
      }
    } catch (IOException unreadable) {
      return false;
    }
    return answer.toString().strip().toLowerCase(Locale.ROOT).matches("y|yes");
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
