package dev.tutti.sdk;

import java.io.PrintStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/** Writes lines with time and level to a stream, and from INFO to whoever else listens. */
final class ModelLog implements Log {
  private final Level from;
  private final PrintStream out;
  private final Clock clock;
  private volatile Consumer<String> listener = _ -> {};

  ModelLog(Level from, PrintStream out, Clock clock) {
    this.from = from;
    this.out = out;
    this.clock = clock;
  }

  void tell(Consumer<String> newListener) {
    listener = newListener;
  }

  @Override
  public void write(Level level, String line) {
    if (level.compareTo(from) < 0) {
      return;
    }
    String text = "%s %s %s".formatted(clock.instant().truncatedTo(ChronoUnit.MILLIS), level, line);
    out.println(text);
    if (level.compareTo(Level.INFO) >= 0) {
      listener.accept(text);
    }
  }
}
