package dev.tutti.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One object, a line for each thing there is to say about it. */
final class Details {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

  private final List<Line> lines = new ArrayList<>();
  private final ZoneId zone;

  Details(ZoneId zone) {
    this.zone = zone;
  }

  /** A line, unless there is nothing to say. */
  Details line(String label, @Nullable Object value) {
    if (value instanceof Instant time) {
      lines.add(new Line(label, TIME.format(time.atZone(zone)), Paint.NONE));
    } else if (value != null && !value.toString().isEmpty()) {
      lines.add(new Line(label, Printable.line(value.toString()), Paint.NONE));
    }
    return this;
  }

  Details state(String state) {
    lines.add(new Line("state", Printable.line(state), Paint.ofState(state)));
    return this;
  }

  /** Several lines under one label. */
  Details block(String label, List<String> block) {
    for (int i = 0; i < block.size(); i++) {
      lines.add(new Line(i == 0 ? label : "", Printable.line(block.get(i)), Paint.NONE));
    }
    return this;
  }

  String text(boolean coloured) {
    int widest = lines.stream().mapToInt(line -> line.label.length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(line.label).repeat(' ', widest + 2 - line.label.length());
      text.append(coloured ? line.paint.on(line.value) : line.value);
      text.append(System.lineSeparator());
    }
    return text.toString();
  }

  private record Line(String label, String value, Paint paint) {}
}
