package dev.tutti.backplane.docker;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The same text as an engine would have said it whose clock is off. It is as long as before. */
final class ShiftedTime {

  private static final Pattern TIME =
      Pattern.compile("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");
  private static final Pattern SECONDS = Pattern.compile("(?<=\"(time|Created)\":)\\d{10}");
  private static final Pattern NANOS = Pattern.compile("(?<=\"timeNano\":)\\d{19}");

  /** Unlike {@link LocalDateTime#toString} it does not leave out seconds that are zero. */
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

  private ShiftedTime() {}

  static String by(Duration difference, String text) {
    return replaced(
        NANOS,
        replaced(
            SECONDS,
            replaced(
                TIME, text, time -> WRITTEN.format(LocalDateTime.parse(time).plus(difference))),
            seconds -> String.valueOf(Long.parseLong(seconds) + difference.toSeconds())),
        nanos -> String.valueOf(Long.parseLong(nanos) + difference.toNanos()));
  }

  private static String replaced(Pattern what, String text, Function<String, String> by) {
    return what.matcher(text).replaceAll((MatchResult found) -> by.apply(found.group()));
  }
}
