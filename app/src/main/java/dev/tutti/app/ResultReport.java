package dev.tutti.app;

import dev.tutti.simulations.results.FieldSummary;
import dev.tutti.simulations.results.ResultTable;
import dev.tutti.simulations.results.Results;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a simulation calculated, at a glance: a line per number, over all objects and steps. */
final class ResultReport {

  private static final List<String> HEADS =
      List.of("TABLE", "VALUE", "ROWS", "LEAST", "MEAN", "GREATEST");
  private static final int TEXTS = 2;

  private final Results results;
  private final String simulation;

  ResultReport(Results results, String simulation) {
    this.results = results;
    this.simulation = simulation;
  }

  void print(PrintStream out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADS);
    for (String measurement : results.measurements(simulation)) {
      ResultTable table = results.table(simulation, measurement);
      for (String field : table.fields()) {
        rows.add(row(measurement, field, table.summary(field)));
      }
    }
    int[] widths = new int[HEADS.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    out.println();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String format = i < TEXTS ? "%-" + widths[i] + "s  " : "%" + widths[i] + "s  ";
        line.append(format.formatted(row.get(i)));
      }
      out.println(line.toString().stripTrailing());
    }
    out.println();
  }

  private static List<String> row(String measurement, String field, FieldSummary summary) {
    return List.of(
        measurement,
        field,
        Long.toString(summary.count()),
        number(summary.min()),
        number(summary.mean()),
        number(summary.max()));
  }

  /** With as many digits as tell something. */
  private static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%.0f" : size >= 1 ? "%.2f" : "%.4f";
    return String.format(Locale.ROOT, format, value);
  }
}
