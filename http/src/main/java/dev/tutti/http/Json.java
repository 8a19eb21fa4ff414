package dev.tutti.http;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as the API speaks it: read strictly, written with every key that a record has, null or not,
 * in the record's order, and times as ISO 8601.
 */
final class Json {

  private static final int SHOWN_FINDINGS = 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private Json() {}

  static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** On one line, as an event needs it. */
  static String line(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /**
   * Reads a body.
   *
   * @throws Failure.Rejected naming all that is wrong
   */
  static <T extends Record> T read(byte[] body, Class<T> type) {
    if (body.length == 0) {
      throw rejected("The request needs a body.");
    }
    JsonNode tree;
    try {
      tree = MAPPER.readTree(body);
    } catch (JacksonException e) {
      var place = e.getLocation();
      throw rejected(
          "The body is not JSON: line %d, column %d: %s."
              .formatted(
                  place == null ? 0 : place.getLineNr(),
                  place == null ? 0 : place.getColumnNr(),
                  withoutContent(firstLine(e.getOriginalMessage()))));
    }
    List<String> findings = BodyCheck.findings(tree, type);
    if (!findings.isEmpty()) {
      throw rejected("The body does not fit: " + listed(findings) + ".");
    }
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JacksonException e) {
      throw unfit(e);
    }
  }

  /** A record's own constructor has the last word on its values. */
  private static Failure unfit(JacksonException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure failure) {
        return failure;
      }
      if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
        return rejected("The body does not fit: " + firstLine(cause.getMessage()));
      }
    }
    return rejected("The body does not fit: " + firstLine(e.getOriginalMessage()));
  }

  private static String listed(List<String> findings) {
    int more = findings.size() - SHOWN_FINDINGS;
    return more <= 0
        ? String.join("; ", findings)
        : String.join("; ", findings.subList(0, SHOWN_FINDINGS)) + "; and %d more".formatted(more);
  }

  /** What is no JSON may be a secret without its quotes; this ends up in answers and logs. */
  private static String withoutContent(String message) {
    return message.replaceAll("'[^']*'", "'…'");
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  private static Failure.Rejected rejected(String detail) {
    return new Failure.Rejected(Problem.of("body-invalid", 400, detail));
  }
}
