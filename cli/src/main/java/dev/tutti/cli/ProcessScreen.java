package dev.tutti.cli;

import java.io.Console;
import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** This process's terminal. JLine is loaded only once there is one and its size is asked for. */
final class ProcessScreen implements Screen {
  private static final int USUAL_WIDTH = 80;
  private static final int USUAL_HEIGHT = 24;

  private @Nullable Boolean terminal;
  private @Nullable Terminal line;

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
    if (!terminal()) {
      return NONE.width();
    }
    Terminal opened = line();
    int columns = opened == null ? 0 : opened.getSize().getColumns();
    return columns > 0 ? columns : USUAL_WIDTH;
  }

  @Override
  public int height() {
    if (!terminal()) {
      return NONE.height();
    }
    Terminal opened = line();
    int rows = opened == null ? 0 : opened.getSize().getRows();
    return rows > 0 ? rows : USUAL_HEIGHT;
  }

  private @Nullable Terminal line() {
    if (line == null) {
      try {
        line = TerminalBuilder.builder().system(true).dumb(true).build();
      } catch (IOException _) {
        return null;
      }
    }
    return line;
  }
}
