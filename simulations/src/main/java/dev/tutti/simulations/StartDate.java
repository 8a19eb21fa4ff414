package dev.tutti.simulations;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A date and time as a request may write it, and the offset that it came with, if any. The
 * original's forms (pydantic 1): ISO with {@code T} or a space between, seconds and fraction
 * optional, or a number of seconds or milliseconds since 1970.
 */
record StartDate(LocalDateTime local, @Nullable ZoneOffset offset) {

  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})-(\\d{1,2})-(\\d{1,2})[T ](\\d{1,2}):(\\d{1,2})"
              + "(?::(\\d{1,2})(?:\\.(\\d{1,6})\\d{0,6})?)?(Z|[+-]\\d{2}(?::?\\d{2})?)?");

  /** What is larger stands for milliseconds. */
  private static final double MOST_SECONDS = 2e10;

  private static final double MOST_MILLISECONDS = 2e13;

  static StartDate withoutZone(LocalDateTime local) {
    return new StartDate(local, null);
  }

  static Optional<StartDate> read(JsonNode node, BodyFields.Wrong wrong) {
    Optional<StartDate> date =
        switch (node.getNodeType()) {
          case STRING -> parse(node.stringValue());
          case NUMBER -> ofNumber(node.doubleValue());
          case BOOLEAN, OBJECT, ARRAY, NULL, BINARY, MISSING, POJO -> {
            Optional<StartDate> none =
                wrong.as(
                    "invalid type; expected datetime, string, bytes, int or float", "type_error");
            yield none;
          }
        };
    boolean readable = node.isString() || node.isNumber();
    return date.isPresent() || !readable
        ? date
        : wrong.as("invalid datetime format", "value_error.datetime");
  }

  /** The zone that the local time is meant in: the date's own offset comes first. */
  ZoneId zoneOr(ZoneId otherwise) {
    return offset == null ? otherwise : offset;
  }

  /** The local time in a zone; a date with an offset of its own keeps its instant. */
  LocalDateTime in(ZoneId zone) {
    return offset == null
        ? local
        : local.atOffset(offset).atZoneSameInstant(zone).toLocalDateTime();
  }

  private static Optional<StartDate> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return number(text);
    }
    try {
      String fraction = form.group(7) == null ? "" : form.group(7);
      LocalDateTime local =
          LocalDateTime.of(
              Integer.parseInt(form.group(1)),
              Integer.parseInt(form.group(2)),
              Integer.parseInt(form.group(3)),
              Integer.parseInt(form.group(4)),
              Integer.parseInt(form.group(5)),
              form.group(6) == null ? 0 : Integer.parseInt(form.group(6)),
              Integer.parseInt((fraction + "000000000").substring(0, 9)));
      // The original counts years from 1.
      return local.getYear() < 1
          ? Optional.empty()
          : Optional.of(
              new StartDate(local, form.group(8) == null ? null : ZoneOffset.of(form.group(8))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<StartDate> number(String text) {
    try {
      return text.matches("[+-]?\\d+(\\.\\d*)?")
          ? ofNumber(Double.parseDouble(text))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<StartDate> ofNumber(double number) {
    if (!(Math.abs(number) <= MOST_MILLISECONDS)) {
      return Optional.empty();
    }
    double seconds = Math.abs(number) > MOST_SECONDS ? number / 1000 : number;
    Instant instant =
        Instant.EPOCH
            .plusNanos(0)
            .plusSeconds((long) Math.floor(seconds))
            .plusNanos(Math.round((seconds - Math.floor(seconds)) * 1e6) * 1000);
    return Optional.of(
        new StartDate(LocalDateTime.ofInstant(instant, ZoneOffset.UTC), ZoneOffset.UTC));
  }
}
