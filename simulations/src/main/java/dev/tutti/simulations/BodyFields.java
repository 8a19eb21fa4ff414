package dev.tutti.simulations;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Reads the members of a JSON object as leniently as the original does (pydantic 1): a number may
 * be written as text, a text as a number. What cannot be read becomes a finding in the original's
 * words, and the default stands in for it, so that the rest can be looked at too.
 */
final class BodyFields {

  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,30}");
  private static final int LONGEST_NUMBER = 400;

  private final JsonNode object;
  private final List<Object> where;
  private final List<Finding> findings;

  /** Reads an object that stands at a place of the body. */
  BodyFields(JsonNode object, List<Object> where, List<Finding> findings) {
    this.object = object;
    this.where = where;
    this.findings = findings;
  }

  String text(String name, String otherwise) {
    return read(name, otherwise, BodyFields::asText);
  }

  /** A text that has to be there. */
  String text(String name) {
    if (object.get(name) == null) {
      missing(name);
    }
    return text(name, "");
  }

  int whole(String name, int otherwise) {
    return read(name, otherwise, BodyFields::asWhole);
  }

  double number(String name, double otherwise) {
    return read(name, otherwise, BodyFields::asNumber);
  }

  boolean truth(String name, boolean otherwise) {
    return read(name, otherwise, BodyFields::asTruth);
  }

  /** The items of a list that has to be there. */
  List<JsonNode> items(String name) {
    if (object.get(name) == null) {
      missing(name);
    }
    return read(
        name,
        List.of(),
        (node, wrong) ->
            node.isArray()
                ? Optional.of(List.copyOf(node.values()))
                : wrong.as("value is not a valid list", "type_error.list"));
  }

  /** A value of another kind. */
  <T> T read(String name, T otherwise, BiFunction<JsonNode, Wrong, Optional<T>> reading) {
    JsonNode node = object.get(name);
    if (node == null) {
      return otherwise;
    }
    Wrong wrong = new Wrong(at(name));
    if (node.isNull()) {
      Optional<T> _ = wrong.as("none is not an allowed value", "type_error.none.not_allowed");
      return otherwise;
    }
    return reading.apply(node, wrong).orElse(otherwise);
  }

  List<Object> at(Object name) {
    List<Object> place = new ArrayList<>(where);
    place.add(name);
    return place;
  }

  private void missing(String name) {
    findings.add(Finding.of(at(name), "field required", "value_error.missing"));
  }

  private static Optional<String> asText(JsonNode node, Wrong wrong) {
    return switch (node.getNodeType()) {
      case STRING -> Optional.of(node.stringValue());
      case NUMBER -> Optional.of(node.asString());
      case BOOLEAN -> Optional.of(node.booleanValue() ? "True" : "False");
      case OBJECT, ARRAY, NULL, BINARY, MISSING, POJO ->
          wrong.as("str type expected", "type_error.str");
    };
  }

  private static Optional<Integer> asWhole(JsonNode node, Wrong wrong) {
    Optional<BigDecimal> number =
        switch (node.getNodeType()) {
          case STRING ->
              Optional.of(node.stringValue().strip())
                  .filter(text -> WHOLE.matcher(text).matches())
                  .map(BigDecimal::new);
          case NUMBER -> decimal(node.asString());
          case BOOLEAN -> Optional.of(node.booleanValue() ? BigDecimal.ONE : BigDecimal.ZERO);
          case OBJECT, ARRAY, NULL, BINARY, MISSING, POJO -> Optional.empty();
        };
    if (number.isEmpty()) {
      return wrong.as("value is not a valid integer", "type_error.integer");
    }
    double size = number.get().doubleValue();
    if (size > Integer.MAX_VALUE) {
      return wrong.beyond("less", "le", Integer.MAX_VALUE);
    }
    return size < Integer.MIN_VALUE
        ? wrong.beyond("greater", "ge", Integer.MIN_VALUE)
        : Optional.of(number.get().intValue());
  }

  private static Optional<Double> asNumber(JsonNode node, Wrong wrong) {
    Optional<Double> number =
        switch (node.getNodeType()) {
          case STRING -> decimal(node.stringValue().strip()).map(BigDecimal::doubleValue);
          case NUMBER -> decimal(node.asString()).map(BigDecimal::doubleValue);
          case BOOLEAN -> Optional.of(node.booleanValue() ? 1.0 : 0.0);
          case OBJECT, ARRAY, NULL, BINARY, MISSING, POJO -> Optional.empty();
        };
    return number.filter(Double::isFinite).isPresent()
        ? number
        : wrong.as("value is not a valid float", "type_error.float");
  }

  private static Optional<Boolean> asTruth(JsonNode node, Wrong wrong) {
    return node.isBoolean()
        ? Optional.of(node.booleanValue())
        : wrong.as("value could not be parsed to a boolean", "type_error.bool");
  }

  private static Optional<BigDecimal> decimal(String text) {
    try {
      return text.length() > LONGEST_NUMBER ? Optional.empty() : Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Notes what is wrong with one value. */
  final class Wrong {

    private final List<Object> place;

    Wrong(List<Object> place) {
      this.place = place;
    }

    <T> Optional<T> as(String message, String type) {
      findings.add(Finding.of(place, message, type));
      return Optional.empty();
    }

    <T> Optional<T> beyond(String way, String relation, Number limit) {
      findings.add(OutOfRange.finding(place, way, relation, limit));
      return Optional.empty();
    }
  }
}
