package dev.tutti.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows in aligned columns, cut to the width of a terminal. */
public final class Table<T> {
  private static final int GAP = 2;
  private static final int LEAST = 8;

  private final List<Column<T>> all;
  private final List<Column<T>> columns;

  /** A table that leaves out the extra ones of these columns. */
  public Table(List<Column<T>> columns) {
    this(columns, columns.stream().filter(column -> !column.extra()).toList());
  }

  private Table(List<Column<T>> all, List<Column<T>> columns) {
    this.all = List.copyOf(all);
    this.columns = List.copyOf(columns);
  }

  /** The same with all its columns. */
  Table<T> wide() {
    return new Table<>(all, all);
  }

  /** Title and rows as lines. */
  List<String> lines(List<T> items, int width, boolean coloured) {
    List<String[]> rows = new ArrayList<>(items.size() + 1);
    rows.add(columns.stream().map(Column::title).toArray(String[]::new));
    for (T item : items) {
      rows.add(cells(item));
    }
    int[] widths = widths(rows);
    shrink(widths, width);
    List<String> lines = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      lines.add(line(rows.get(i), widths, width, coloured && i > 0));
    }
    return lines;
  }

  private String[] cells(T item) {
    String[] cells = new String[columns.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = Printable.line(columns.get(i).text().apply(item));
    }
    return cells;
  }

  private static int[] widths(List<String[]> rows) {
    int[] widths = new int[rows.getFirst().length];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(row[i]));
      }
    }
    return widths;
  }

  /** Takes from the widest column that shrinks until all fit, or none has anything left to give. */
  private void shrink(int[] widths, int width) {
    int tooMuch = Arrays.stream(widths).sum() + GAP * (widths.length - 1) - width;
    while (tooMuch > 0) {
      int widest = -1;
      for (int i = 0; i < widths.length; i++) {
        boolean gives = columns.get(i).shrinks() && widths[i] > LEAST;
        if (gives && (widest < 0 || widths[i] > widths[widest])) {
          widest = i;
        }
      }
      if (widest < 0) {
        return;
      }
      widths[widest]--;
      tooMuch--;
    }
  }

  private String line(String[] cells, int[] widths, int width, boolean coloured) {
    StringBuilder line = new StringBuilder();
    int used = 0;
    int owed = 0;
    for (int i = 0; i < cells.length && used + owed < width; i++) {
      String cell = cut(cells[i], Math.min(widths[i], width - used - owed));
      if (!cell.isEmpty()) {
        line.repeat(' ', owed);
        used += owed + length(cell);
        owed = 0;
        line.append(coloured ? columns.get(i).paint().apply(cells[i]).on(cell) : cell);
      }
      owed += widths[i] - length(cell) + GAP;
    }
    return line.toString();
  }

  static String cut(String text, int width) {
    if (length(text) <= width) {
      return text;
    }
    return width < 1 ? "" : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
