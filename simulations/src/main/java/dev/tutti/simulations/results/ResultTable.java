package dev.tutti.simulations.results;

import dev.tutti.core.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * The results of one measurement: a row per time and object, by time. A point that came twice is
 * one row with the fields of both, the later ones winning, as in InfluxDB.
 */
public final class ResultTable {

  private static final Comparator<Row> BY_TIME =
      Comparator.comparingLong(Row::nanos)
          .thenComparing(row -> String.join("\n", row.tags().values()));

  /** What a row is about. */
  private record Key(long nanos, SortedMap<String, String> tags) {}

  /**
   * A row.
   *
   * @param nanos simulated time, nanoseconds since the epoch
   * @param fields as line protocol writes values
   */
  record Row(long nanos, SortedMap<String, String> tags, SequencedMap<String, String> fields) {}

  private final List<String> tags;
  private final List<String> fields;
  private final List<Row> rows;

  private ResultTable(List<String> tags, List<String> fields, List<Row> rows) {
    this.tags = tags;
    this.fields = fields;
    this.rows = rows;
  }

  static ResultTable read(Path file) {
    Map<Key, SequencedMap<String, String>> merged = new LinkedHashMap<>();
    TreeSet<String> tags = new TreeSet<>();
    TreeSet<String> fields = new TreeSet<>();
    Names names = new Names();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (Optional<String> line = wholeLine(lines); line.isPresent(); line = wholeLine(lines)) {
        for (Point point : LineProtocol.read(line.get(), Precision.NANOSECONDS, 0).points()) {
          SortedMap<String, String> about = names.shared(point.tags());
          SequencedMap<String, String> row =
              merged.computeIfAbsent(new Key(point.nanos(), about), _ -> new LinkedHashMap<>());
          point.fields().forEach((field, value) -> row.put(names.shared(field), value));
          tags.addAll(about.keySet());
          fields.addAll(point.fields().keySet());
        }
      }
    } catch (IOException unreadable) {
      throw new Failure.Unavailable("%s cannot be read.".formatted(file), unreadable);
    }
    tags.remove(Point.SIMULATION);
    List<Row> rows = new ArrayList<>(merged.size());
    merged.forEach((key, values) -> rows.add(new Row(key.nanos(), key.tags(), values)));
    rows.sort(BY_TIME);
    return new ResultTable(List.copyOf(tags), List.copyOf(fields), rows);
  }

  /** The next line that has an end: one that has none was cut off, or is just being written. */
  private static Optional<String> wholeLine(BufferedReader lines) throws IOException {
    StringBuilder line = new StringBuilder(256);
    for (int c = lines.read(); c >= 0; c = lines.read()) {
      if (c == '\n') {
        return Optional.of(line.toString());
      }
      line.append((char) c);
    }
    return Optional.empty();
  }

  /** How many rows there are. */
  public int size() {
    return rows.size();
  }

  /** Names of what was calculated, sorted. */
  public List<String> fields() {
    return fields;
  }

  /** Count, least, mean and greatest of the numbers of a field. */
  public FieldSummary summary(String field) {
    FieldSummary summary = FieldSummary.NONE;
    for (Row row : rows) {
      String value = row.fields().get(field);
      if (value != null) {
        summary = summary.with(Values.number(value));
      }
    }
    return summary;
  }

  /**
   * Writes it as comma-separated values (RFC 4180) with a line of names: {@code time}, the tags,
   * the fields. A value that is not there is empty.
   */
  public void writeCsv(Writer out) throws IOException {
    columns().writeHead(out);
    writeRows(columns(), "", out);
    out.flush();
  }

  /** What it has beside the time. */
  public ResultColumns columns() {
    return new ResultColumns(tags, fields);
  }

  /**
   * Writes its rows without a line of names.
   *
   * @param columns what to write; empty where it does not have one
   * @param before what every row begins with
   */
  public void writeRows(ResultColumns columns, String before, Writer out) throws IOException {
    for (Row row : rows) {
      out.write(before + Values.time(row.nanos()));
      for (String name : columns.tags()) {
        out.write("," + Values.quoted(row.tags().getOrDefault(name, "")));
      }
      for (String name : columns.fields()) {
        out.write("," + Values.csv(row.fields().getOrDefault(name, "")));
      }
      out.write("\r\n");
    }
  }

  /** The same few names come in every line: one copy of each is enough. */
  private static final class Names {
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<SortedMap<String, String>, SortedMap<String, String>> tags =
        new LinkedHashMap<>();

    String shared(String text) {
      return texts.computeIfAbsent(text, t -> t);
    }

    SortedMap<String, String> shared(SortedMap<String, String> about) {
      return tags.computeIfAbsent(about, key -> key);
    }
  }
}
