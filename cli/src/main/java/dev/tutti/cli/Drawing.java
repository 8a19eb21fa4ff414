package dev.tutti.cli;

import dev.tutti.api.ModelView;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/** A table at the bottom of a terminal that each drawing replaces. */
final class Drawing {
  static final String HIDE_CURSOR = "\033[?25l";
  static final String SHOW_CURSOR = "\033[?25h";

  /** Counts, titles, the rest, a note, and where the cursor stands. */
  private static final int OTHER_LINES = 5;

  private final PrintStream out;
  private final IntSupplier width;
  private final IntSupplier height;
  private final boolean coloured;
  private int drawn;

  Drawing(PrintStream out, IntSupplier width, IntSupplier height, boolean coloured) {
    this.out = out;
    this.width = width;
    this.height = height;
    this.coloured = coloured;
  }

  void draw(Table<ModelView> table, Collection<ModelView> models, String note) {
    int columns = width.getAsInt();
    int rows = Math.max(1, height.getAsInt() - OTHER_LINES);
    List<ModelView> shown = shown(models, rows);
    StringBuilder text = new StringBuilder(drawn == 0 ? HIDE_CURSOR : "");
    if (drawn > 0) {
      text.append("\033[").append(drawn).append("A\r\033[J");
    }
    text.append(Table.cut(counts(models), columns)).append('\n');
    List<String> lines = table.lines(shown, columns, coloured);
    lines.forEach(line -> text.append(line).append('\n'));
    drawn = 1 + lines.size();
    if (shown.size() < models.size()) {
      line(text, "… and " + (models.size() - shown.size()) + " more", columns);
    }
    if (!note.isEmpty()) {
      line(text, Printable.line(note), columns);
    }
    out.print(text);
    out.flush();
  }

  private void line(StringBuilder text, String line, int columns) {
    text.append(Table.cut(line, columns)).append('\n');
    drawn++;
  }

  void end() {
    if (drawn > 0) {
      out.print(SHOW_CURSOR);
      out.flush();
    }
  }

  /** All of them in order, or those that matter most when not all fit. */
  private static List<ModelView> shown(Collection<ModelView> models, int rows) {
    if (models.size() <= rows) {
      return List.copyOf(models);
    }
    return models.stream()
        .sorted(Comparator.comparingInt(Drawing::importance))
        .limit(rows)
        .toList();
  }

  private static int importance(ModelView model) {
    return switch (model.state()) {
      case "failed" -> 0;
      case "running" -> 1;
      case "succeeded" -> 3;
      default -> 2;
    };
  }

  private static String counts(Collection<ModelView> models) {
    Map<String, Integer> states = new LinkedHashMap<>();
    for (String state : List.of("created", "running", "succeeded", "failed")) {
      states.put(state, 0);
    }
    models.forEach(model -> states.merge(model.state(), 1, Integer::sum));
    return states.entrySet().stream()
        .filter(state -> state.getValue() > 0)
        .map(state -> state.getValue() + " " + state.getKey())
        .collect(Collectors.joining(", ", Views.count(models.size(), "model") + ": ", ""));
  }
}
