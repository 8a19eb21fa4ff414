package dev.tutti.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Shows figures as a table, and writes them as JSON. */
final class Report {

  private static final List<String> HEADS =
      List.of("what", "median", "min–max", "unit", "budget", "met");

  private final Map<String, String> machine;
  private final Map<String, List<Figure>> figures = new LinkedHashMap<>();
  private final Map<String, String> failures = new LinkedHashMap<>();

  Report(Map<String, String> machine) {
    this.machine = machine;
  }

  void add(String benchmark, List<Figure> measured) {
    figures.put(benchmark, measured);
  }

  void addFailure(String benchmark, Exception failure) {
    failures.put(benchmark, failure.toString());
  }

  boolean complete() {
    return failures.isEmpty();
  }

  void print(PrintStream out) {
    machine.forEach((name, value) -> out.printf("%-30s %s%n", name, value));
    out.println();
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADS);
    figures.forEach((benchmark, measured) -> measured.forEach(f -> rows.add(row(benchmark, f))));
    int[] widths = new int[HEADS.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        boolean text = i == 0 || i >= 3;
        line.append(("%" + (text ? "-" : "") + widths[i] + "s  ").formatted(row.get(i)));
      }
      out.println(line.toString().stripTrailing());
    }
    failures.forEach((name, why) -> out.printf("%s failed: %s%n", name, why));
  }

  private static List<String> row(String benchmark, Figure figure) {
    return List.of(
        benchmark + ": " + figure.what(),
        number(figure.median()),
        number(figure.min()) + "–" + number(figure.max()),
        figure.unit(),
        figure.budget().map(Budget::text).orElse(""),
        figure.met().map(met -> met ? "yes" : "NO").orElse(""));
  }

  private static String number(double value) {
    if (value >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
  }

  void write(Path file) throws IOException {
    List<Map<String, Object>> all = new ArrayList<>();
    figures.forEach(
        (benchmark, measured) -> measured.forEach(figure -> all.add(json(benchmark, figure))));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", machine);
    json.put("figures", all);
    json.put("failures", failures);
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(
        file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }

  private static Map<String, Object> json(String benchmark, Figure figure) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("benchmark", benchmark);
    json.put("what", figure.what());
    json.put("unit", figure.unit());
    json.put("median", figure.median());
    json.put("min", figure.min());
    json.put("max", figure.max());
    json.put("samples", figure.samples());
    figure.budget().ifPresent(budget -> json.put("budget", budget.text()));
    figure.met().ifPresent(met -> json.put("met", met));
    return json;
  }
}
