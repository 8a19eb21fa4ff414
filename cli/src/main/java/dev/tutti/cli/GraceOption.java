package dev.tutti.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of the commands that stop something. */
final class GraceOption {
  @Option(
      names = "--grace",
      paramLabel = "TIME",
      converter = Seconds.class,
      description =
          "How long it may take to end by itself before it is killed, such as 10s or 2m."
              + " Default: what the server has configured.")
  @Nullable Duration grace;

  /** Reads whole seconds, minutes and hours. */
  static final class Seconds implements ITypeConverter<Duration> {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,6})(s|m|h|)");

    @Override
    public Duration convert(String value) {
      Matcher matcher = WRITTEN.matcher(value);
      if (!matcher.matches()) {
        throw new TypeConversionException("'" + value + "' is no time such as 10s, 2m or 1h");
      }
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "h" -> Duration.ofHours(number);
        case "m" -> Duration.ofMinutes(number);
        default -> Duration.ofSeconds(number);
      };
    }
  }
}
