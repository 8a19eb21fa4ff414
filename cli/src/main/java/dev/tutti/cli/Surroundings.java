package dev.tutti.cli;

import dev.tutti.api.EventFollower.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
    return line(in).strip().toLowerCase(Locale.ROOT).matches("y|yes");
  }

  /**
   * A password: asked for without showing it, and twice when it is a new one; where nobody sits at
   * a terminal, the first line of standard input.
   */
  String password(String whose, boolean fresh) {
    String typed = screen.secret("Password of %s: ".formatted(whose));
    if (typed == null) {
      return line(in);
    }
    if (fresh && !typed.equals(screen.secret("Once more: "))) {
      throw new CommandFailure(
          ExitStatus.USAGE, "the two passwords are not the same", "Try again.");
    }
    return typed;
  }

  /** The next line, without its end; what is there when it cannot be read to the end. */
  static String line(InputStream in) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        line.write(next);
      }
    } catch (IOException unreadable) {
      // As if it had ended here.
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
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
