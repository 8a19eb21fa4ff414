package dev.tutti.cli;

import java.io.Console;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * This process's terminal. Its size comes from {@code stty}, which takes 25 ms where JLine takes
 * 200 and asks the terminal questions whose answers end up in the shell's input.
 */
final class ProcessScreen implements Screen {
  private static final Size USUAL = new Size(24, 80);
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofSeconds(1);
  private static final Pattern SIZE = Pattern.compile("\\s*(\\d{1,5}) (\\d{1,5})\\s*");

  private @Nullable Boolean terminal;
  private Size size = USUAL;
  private long askedAt;
  private boolean asked;

  /** As of Java 25 there is no console again, rather than one that is no terminal. */
  @Override
  @SuppressWarnings("SystemConsoleNull")
  public boolean terminal() {
    Boolean known = terminal;
    if (known == null) {
      Console console = System.console();
      known = console != null && console.isTerminal();
      terminal = known;
    }
    return known;
  }

  @Override
  public int width() {
    return terminal() ? size().columns : NONE.width();
  }

  @Override
  public int height() {
    return terminal() ? size().rows : NONE.height();
  }

  /** With {@code stty}: a console is none when output goes to a file, and would show it then. */
  @Override
  public @Nullable String secret(String question) {
    if (!stty("-echo")) {
      return null;
    }
    Thread shown =
        Thread.ofPlatform()
            .unstarted(() -> {
              boolean _ = stty("echo");
            });
    Runtime.getRuntime().addShutdownHook(shown);
    try {
      System.err.print(question);
      System.err.flush();
      String typed = Surroundings.line(System.in);
      System.err.println();
      return typed;
    } finally {
      boolean _ = stty("echo");
      Runtime.getRuntime().removeShutdownHook(shown);
    }
  }

  /** False when standard input is no terminal. */
  private static boolean stty(String setting) {
    try {
      Process stty =
          new ProcessBuilder("stty", setting)
              .redirectInput(Redirect.INHERIT)
              .redirectError(Redirect.DISCARD)
              .start();
      return stty.waitFor(MOST.toMillis(), TimeUnit.MILLISECONDS) && stty.exitValue() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Size size() {
    long now = System.nanoTime();
    if (!asked || now - askedAt > FRESH.toNanos()) {
      size = ask();
      asked = true;
      askedAt = now;
    }
    return size;
  }

  private static Size ask() {
    Process stty;
    try {
      stty = new ProcessBuilder("stty", "size").redirectInput(Redirect.INHERIT).start();
    } catch (IOException _) {
      return USUAL;
    }
    try {
      if (!stty.waitFor(MOST.toMillis(), TimeUnit.MILLISECONDS)) {
        return USUAL;
      }
      byte[] answer = stty.getInputStream().readAllBytes();
      Matcher matcher = SIZE.matcher(new String(answer, StandardCharsets.US_ASCII));
      boolean known = matcher.matches() && !matcher.group(2).equals("0");
      return known
          ? new Size(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
          : USUAL;
    } catch (IOException _) {
      return USUAL;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return USUAL;
    } finally {
      stty.destroyForcibly();
    }
  }

  private record Size(int rows, int columns) {}
}
