package dev.tutti.app.settings;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What kind of value a setting has.
 *
 * @param name one or two words for the reference, with the unit where there is one
 * @param form what a value must be, to complete "but must be"
 * @param parse reads a value; empty when it is not of this kind
 * @param write writes a value as {@code parse} would read it
 * @param schema how JSON Schema says it
 * @param blankIsAbsent whether an empty value counts as none
 * @param list whether a file may give a list, whose items are joined with commas
 */
public record Kind<T>(
    String name,
    String form,
    Function<String, Optional<T>> parse,
    Function<T, String> write,
    Map<String, Object> schema,
    boolean blankIsAbsent,
    boolean list) {

  private static final int LAST_PORT = 65_535;
  private static final int MOST_CORES = 1_000_000;
  private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");

  private static <T> Kind<T> of(
      String name,
      String form,
      Function<String, Optional<T>> parse,
      Function<T, String> write,
      Map<String, Object> schema) {
    return new Kind<>(name, form, parse, write, schema, true, false);
  }

  /** Any text, taken as it is; even an empty one. */
  public static Kind<String> text() {
    return new Kind<>(
        "text", "a text", Optional::of, text -> text, Map.of("type", "string"), false, false);
  }

  /** Text that is not blank. */
  public static Kind<String> word() {
    return of("text", "a text", Optional::of, text -> text, Map.of("type", "string"));
  }

  /** A file or folder; a relative one is below the folder that the program was started in. */
  public static Kind<Path> path() {
    return of(
        "path",
        "a path",
        text -> {
          try {
            return Optional.of(Path.of(text));
          } catch (InvalidPathException unheard) {
            return Optional.empty();
          }
        },
        Path::toString,
        Map.of("type", "string"));
  }

  public static Kind<Integer> port() {
    return number("port", 0, LAST_PORT);
  }

  /** A whole number within bounds. */
  public static Kind<Integer> number(int min, int max) {
    return number("number", min, max);
  }

  private static Kind<Integer> number(String name, int min, int max) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "integer");
    schema.put("minimum", min);
    schema.put("maximum", max);
    return of(
        name,
        "a whole number from %d to %d".formatted(min, max),
        text -> {
          try {
            return Optional.of(Integer.valueOf(text)).filter(n -> n >= min && n <= max);
          } catch (NumberFormatException noNumber) {
            return Optional.empty();
          }
        },
        String::valueOf,
        schema);
  }

  public static Kind<Duration> duration() {
    return of(
        "duration",
        "a duration such as 30s, 5m, 12h or 7d",
        Durations::parse,
        Durations::text,
        pattern(Durations.FORM));
  }

  /** A duration above zero. */
  public static Kind<Duration> someTime() {
    return of(
        "duration",
        "a duration above zero, such as 30m or 12h",
        text -> Durations.parse(text).filter(Duration::isPositive),
        Durations::text,
        pattern(Durations.FORM));
  }

  /** In bytes. */
  public static Kind<Long> size() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", List.of("string", "integer"));
    schema.put("pattern", "^" + Sizes.FORM + "$");
    schema.put("minimum", 0);
    return of("size", "a size such as 512KiB, 64MiB or 2GiB", Sizes::parse, Sizes::text, schema);
  }

  /** Nothing else than the two words: a misspelt one must not let anybody in. */
  public static Kind<Boolean> yesOrNo() {
    return of(
        "true or false",
        "true or false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            },
        String::valueOf,
        Map.of("type", "boolean"));
  }

  /** Names that fit into a topic of MQTT; made lower case. */
  public static Kind<List<String>> names() {
    return list(
        "names",
        "[^/+#~,\\p{Cntrl}]+",
        "[^/+#~,]+",
        "one or more names, separated by commas, without '/', '+', '#' and '~'",
        part -> part.toLowerCase(Locale.ROOT));
  }

  /**
   * One or more texts of a form.
   *
   * @param item the form of each, without commas, as Java and JSON Schema read it
   * @param form what the value must be
   */
  public static Kind<List<String>> list(String name, String item, String form) {
    return list(name, item, item, form, UnaryOperator.identity());
  }

  private static Kind<List<String>> list(
      String name, String item, String inSchema, String form, UnaryOperator<String> made) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", List.of("string", "array"));
    schema.put("items", pattern(inSchema));
    schema.put("minItems", 1);
    return new Kind<>(
        name,
        form,
        text -> {
          List<String> parts =
              Arrays.stream(text.split(",", -1)).map(part -> made.apply(part.strip())).toList();
          boolean good = parts.stream().allMatch(part -> part.matches(item));
          return good ? Optional.of(parts) : Optional.empty();
        },
        parts -> String.join(",", parts),
        schema,
        true,
        true);
  }

  /** Cores, in thousandths. */
  public static Kind<Long> milliCores() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "number");
    schema.put("minimum", 0);
    schema.put("maximum", MOST_CORES);
    return of(
        "cores",
        "a number of cores such as 2 or 0.5",
        Kind::milliCores,
        thousandths -> BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString(),
        schema);
  }

  private static Optional<Long> milliCores(String text) {
    try {
      BigDecimal cores = new BigDecimal(text);
      boolean good = cores.signum() >= 0 && cores.compareTo(BigDecimal.valueOf(MOST_CORES)) <= 0;
      return good ? Optional.of(cores.movePointRight(3).longValue()) : Optional.empty();
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  /** One of some words, in lower case. */
  public static Kind<String> oneOf(String... words) {
    List<String> known = List.of(words);
    return of(
        "word",
        "one of %s".formatted(String.join(", ", known)),
        text -> Optional.of(text.toLowerCase(Locale.ROOT)).filter(known::contains),
        word -> word,
        Map.of("enum", known));
  }

  /** A level of the log; the words of Python's logging, which the original uses, do as well. */
  public static Kind<String> logLevel() {
    return of(
        "level",
        "one of %s".formatted(String.join(", ", LEVELS)),
        text -> {
          String level = text.toUpperCase(Locale.ROOT);
          String ours =
              level.equals("WARNING") ? "WARN" : level.equals("CRITICAL") ? "ERROR" : level;
          return LEVELS.contains(ours) ? Optional.of(ours) : Optional.empty();
        },
        level -> level,
        Map.of("enum", levels()));
  }

  private static List<String> levels() {
    List<String> words = new ArrayList<>(LEVELS);
    words.addAll(List.of("WARNING", "CRITICAL"));
    LEVELS.forEach(level -> words.add(level.toLowerCase(Locale.ROOT)));
    return words;
  }

  private static Map<String, Object> pattern(String form) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "string");
    schema.put("pattern", "^" + form + "$");
    return schema;
  }
}
