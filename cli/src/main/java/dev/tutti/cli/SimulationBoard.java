package dev.tutti.cli;

import dev.tutti.api.SimulationView;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Shows a simulation as it goes on: on a terminal a bar that is drawn again, elsewhere a line for
 * each change of state, for each tenth of the steps, and when everybody waits for others for long.
 */
public final class SimulationBoard implements AutoCloseable {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final int BAR = 30;
  private static final Duration LONG_STEP = Duration.ofSeconds(5);

  private final PrintStream out;
  private final boolean terminal;
  private final IntSupplier width;
  private final boolean coloured;
  private final Clock clock;
  private int drawn;
  private String said = "";
  private String note = "";
  private boolean closed;

  /**
   * A board that shows nothing yet.
   *
   * @param terminal whether {@code out} is one
   * @param width its width in columns; only asked on a terminal
   */
  public SimulationBoard(
      PrintStream out, boolean terminal, IntSupplier width, boolean coloured, Clock clock) {
    this.out = out;
    this.terminal = terminal;
    this.width = width;
    this.coloured = coloured;
    this.clock = clock;
  }

  /** Shows it as it is now. */
  public synchronized void update(SimulationView simulation) {
    if (closed) {
      return;
    }
    if (terminal) {
      draw(lines(simulation));
    } else {
      say(simulation);
    }
  }

  /** Says something below until told otherwise; empty for nothing. */
  public synchronized void note(String text) {
    note = text;
  }

  /** Leaves the last picture standing and gives the cursor back. */
  @Override
  public synchronized void close() {
    if (!closed && drawn > 0) {
      out.print(Drawing.SHOW_CURSOR);
      out.flush();
    }
    closed = true;
  }

  private List<String> lines(SimulationView simulation) {
    List<String> lines = new ArrayList<>();
    String state = SimulationTexts.state(simulation);
    String painted = coloured ? Paint.ofState(state).on(state) : state;
    lines.add(Printable.line(simulation.id()) + "  " + painted);
    SimulationView.Clock time = simulation.clock();
    lines.add(
        "%s  %3d %%  step %d of %d"
            .formatted(bar(time), percent(time), time.finished(), time.steps()));
    add(lines, "step time", SimulationTexts.stepTimes(time));
    add(lines, "time left", SimulationTexts.left(simulation));
    add(lines, "place in queue", simulation.place() == 0 ? "" : "" + simulation.place());
    add(lines, "waiting for", SimulationTexts.waitingFor(simulation));
    add(lines, "reason", simulation.reason());
    if (!note.isEmpty()) {
      lines.add(Printable.line(note));
    }
    return lines;
  }

  private static void add(List<String> lines, String label, String value) {
    if (!value.isEmpty()) {
      lines.add("%-15s %s".formatted(label, Printable.line(value)));
    }
  }

  private void draw(List<String> lines) {
    StringBuilder text = new StringBuilder(drawn == 0 ? Drawing.HIDE_CURSOR : "");
    if (drawn > 0) {
      text.append("\033[").append(drawn).append("A\r\033[J");
    }
    // The first line may hold colours, which take no room on the screen.
    text.append(lines.getFirst()).append('\n');
    lines.stream()
        .skip(1)
        .forEach(line -> text.append(Table.cut(line, width.getAsInt())).append('\n'));
    drawn = lines.size();
    out.print(text);
    out.flush();
  }

  private void say(SimulationView simulation) {
    SimulationView.Clock time = simulation.clock();
    int tenth = percent(time) / 10;
    String waited = isLong(time) ? SimulationTexts.waitingFor(simulation) : "";
    // Who is waited for may change all the time; that somebody is, is the news.
    String now =
        "%s %d %d %b"
            .formatted(
                SimulationTexts.state(simulation), tenth, simulation.place(), waited.isEmpty());
    if (now.equals(said)) {
      return;
    }
    said = now;
    StringBuilder line = new StringBuilder(TIME.format(clock.instant().atZone(clock.getZone())));
    line.append("  ").append(simulation.id()).append("  ");
    line.append(SimulationTexts.state(simulation));
    line.append("  step %d of %d".formatted(time.finished(), time.steps()));
    append(line, "step time", SimulationTexts.stepTimes(time));
    append(line, "left", SimulationTexts.left(simulation));
    append(line, "place in queue", simulation.place() == 0 ? "" : "" + simulation.place());
    append(line, "waiting for", waited);
    append(line, "reason", simulation.reason());
    out.println(Printable.line(line.toString()));
    out.flush();
  }

  /** Within an ordinary step everybody waits for others all the time; that is no news. */
  private boolean isLong(SimulationView.Clock time) {
    return time.stepBegan() == null
        || Duration.between(time.stepBegan(), clock.instant()).compareTo(LONG_STEP) > 0;
  }

  private static void append(StringBuilder line, String label, String value) {
    if (!value.isEmpty()) {
      line.append("  ").append(label).append(": ").append(value);
    }
  }

  private static String bar(SimulationView.Clock time) {
    int full = BAR * percent(time) / 100;
    return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
  }

  private static int percent(SimulationView.Clock time) {
    return time.steps() == 0 ? 100 : (int) (100L * time.finished() / time.steps());
  }
}
