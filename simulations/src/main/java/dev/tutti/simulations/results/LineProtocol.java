package dev.tutti.simulations.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads InfluxDB's line protocol, version 1.x: {@code measurement,tag=value field=value time}. A
 * line that is none harms only itself; therefore a text value cannot span lines.
 *
 * @see <a href="https://docs.influxdata.com/influxdb/v1/write_protocols/line_protocol_reference/">
 *     the reference</a>
 */
final class LineProtocol {

  private static final int LONGEST_LINE = 64 * 1024;
  private static final int LONGEST_SHOWN = 80;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+[iu]");
  private static final Pattern TRUTH = Pattern.compile("t|T|true|True|TRUE|f|F|false|False|FALSE");

  /**
   * What a body held.
   *
   * @param wrong a sentence per line that was none
   */
  record Read(List<Point> points, List<String> wrong) {
    Read {
      points = List.copyOf(points);
      wrong = List.copyOf(wrong);
    }
  }

  private final String line;
  private int at;

  private LineProtocol(String line) {
    this.line = line;
  }

  /** Reads all lines; one without a time gets that of {@code nowNanos}. */
  static Read read(String body, Precision precision, long nowNanos) {
    List<Point> points = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (String line : body.lines().toList()) {
      String bare = line.strip();
      if (bare.isEmpty() || bare.startsWith("#")) {
        continue;
      }
      try {
        if (bare.length() > LONGEST_LINE) {
          throw new Unreadable("longer than " + LONGEST_LINE + " characters");
        }
        points.add(new LineProtocol(bare).point(precision, nowNanos));
      } catch (Unreadable e) {
        wrong.add("unable to parse '%s': %s".formatted(shown(bare), e.getMessage()));
      }
    }
    return new Read(points, wrong);
  }

  private Point point(Precision precision, long nowNanos) throws Unreadable {
    String measurement = name(", ");
    if (measurement.isEmpty()) {
      throw new Unreadable("missing measurement");
    }
    SortedMap<String, String> tags = new TreeMap<>();
    while (take(',')) {
      String tag = name("= ,");
      if (tag.isEmpty() || !take('=')) {
        throw new Unreadable("missing tag value");
      }
      tags.put(tag, name(", "));
    }
    skipBlanks();
    SequencedMap<String, String> fields = new LinkedHashMap<>();
    do {
      String field = name("= ,");
      if (field.isEmpty() || !take('=')) {
        throw new Unreadable("missing fields");
      }
      fields.put(field, value());
    } while (take(','));
    skipBlanks();
    long nanos = at == line.length() ? nowNanos : time(precision);
    return new Point(measurement, tags, fields, nanos);
  }

  private String name(String ends) {
    StringBuilder name = new StringBuilder();
    for (; at < line.length() && ends.indexOf(line.charAt(at)) < 0; at++) {
      boolean escape =
          line.charAt(at) == '\\'
              && at + 1 < line.length()
              && ",= ".indexOf(line.charAt(at + 1)) >= 0;
      if (escape) {
        at++;
      }
      name.append(line.charAt(at));
    }
    return name.toString();
  }

  private String value() throws Unreadable {
    int begin = at;
    if (take('"')) {
      while (at < line.length() && line.charAt(at) != '"') {
        at += line.charAt(at) == '\\' ? 2 : 1;
      }
      if (at >= line.length()) {
        throw new Unreadable("unbalanced quotes");
      }
      at++;
      return line.substring(begin, at);
    }
    while (at < line.length() && ", ".indexOf(line.charAt(at)) < 0) {
      at++;
    }
    String value = line.substring(begin, at);
    boolean known =
        NUMBER.matcher(value).matches()
            || INTEGER.matcher(value).matches()
            || TRUTH.matcher(value).matches();
    if (!known) {
      throw new Unreadable("invalid field value");
    }
    return value;
  }

  private long time(Precision precision) throws Unreadable {
    try {
      return Math.multiplyExact(Long.parseLong(line.substring(at)), precision.nanos());
    } catch (NumberFormatException | ArithmeticException e) {
      throw new Unreadable("bad timestamp");
    }
  }

  private boolean take(char expected) {
    if (at < line.length() && line.charAt(at) == expected) {
      at++;
      return true;
    }
    return false;
  }

  private void skipBlanks() {
    while (take(' ')) {
      // Fields and time are apart by one blank or more.
    }
  }

  private static String shown(String line) {
    return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "…";
  }

  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }
}
