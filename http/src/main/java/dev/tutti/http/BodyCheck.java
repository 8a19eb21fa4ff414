package dev.tutti.http;

import dev.tutti.core.NearestName;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares a JSON document with the record it is to become and collects all that is wrong, where
 * the decoder would stop at the first. What JSpecify calls nullable may be absent or null.
 */
final class BodyCheck {

  private final List<String> findings = new ArrayList<>();

  private BodyCheck() {}

  /** All that is wrong, each with its path; empty when the document fits. */
  static List<String> findings(JsonNode body, Class<? extends Record> type) {
    BodyCheck check = new BodyCheck();
    if (body.isObject()) {
      check.object("", body, type);
    } else {
      check.findings.add("the body has to be an object, not " + kind(body));
    }
    return check.findings;
  }

  private void value(String path, JsonNode node, AnnotatedType expected) {
    if (node.isNull()) {
      if (!isNullable(expected)) {
        findings.add("%s must not be null".formatted(path));
      }
      return;
    }
    Type type = expected.getType();
    if (type instanceof Class<?> plain) {
      plain(path, node, plain);
    } else if (type instanceof ParameterizedType generic
        && generic.getRawType() instanceof Class<?> raw
        && expected instanceof AnnotatedParameterizedType arguments) {
      if (Collection.class.isAssignableFrom(raw)) {
        items(path, node, arguments.getAnnotatedActualTypeArguments()[0]);
      } else if (Map.class.isAssignableFrom(raw)) {
        entries(path, node, arguments.getAnnotatedActualTypeArguments()[1]);
      }
    }
  }

  private void plain(String path, JsonNode node, Class<?> type) {
    if (type.isRecord()) {
      if (require(node.isObject(), path, node, "an object")) {
        object(path + ".", node, type);
      }
    } else if (type.isEnum()) {
      word(path, node, type);
    } else if (type == String.class) {
      require(node.isString(), path, node, "text");
    } else if (type == boolean.class || type == Boolean.class) {
      require(node.isBoolean(), path, node, "true or false");
    } else if (type == int.class || type == Integer.class) {
      require(node.canConvertToInt() && node.isIntegralNumber(), path, node, "a whole number");
    } else if (type == long.class || type == Long.class) {
      require(node.canConvertToLong() && node.isIntegralNumber(), path, node, "a whole number");
    } else if (type == double.class || type == Double.class) {
      require(node.isNumber(), path, node, "a number");
    } else if (type == Instant.class) {
      require(isInstant(node), path, node, "a time such as 2030-01-31T12:00:00Z");
    }
    // Anything else is left to the decoder, which names it one at a time.
  }

  private void object(String prefix, JsonNode node, Class<?> type) {
    Map<String, RecordComponent> components = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.put(component.getName(), component);
    }
    for (String name : node.propertyNames()) {
      if (!components.containsKey(name)) {
        findings.add(
            "%s is unknown%s"
                .formatted(prefix + name, NearestName.question(name, components.keySet())));
      }
    }
    components.forEach((name, component) -> {
      JsonNode child = node.get(name);
      if (child != null) {
        value(prefix + name, child, component.getAnnotatedType());
      } else if (!isNullable(component.getAnnotatedType())) {
        findings.add("%s is missing".formatted(prefix + name));
      }
    });
  }

  private void items(String path, JsonNode node, AnnotatedType item) {
    if (require(node.isArray(), path, node, "a list")) {
      for (int i = 0; i < node.size(); i++) {
        value("%s[%d]".formatted(path, i), node.get(i), item);
      }
    }
  }

  private void entries(String path, JsonNode node, AnnotatedType entry) {
    if (require(node.isObject(), path, node, "an object")) {
      node.properties().forEach(each -> value(path + "." + each.getKey(), each.getValue(), entry));
    }
  }

  private void word(String path, JsonNode node, Class<?> type) {
    List<String> words = Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
    if (require(node.isString(), path, node, "text") && !words.contains(node.stringValue())) {
      findings.add(
          "%s is '%s', but has to be one of %s%s"
              .formatted(
                  path,
                  node.stringValue(),
                  String.join(", ", words),
                  NearestName.question(node.stringValue(), words)));
    }
  }

  private boolean require(boolean fits, String path, JsonNode node, String wanted) {
    if (!fits) {
      findings.add("%s has to be %s, not %s".formatted(path, wanted, kind(node)));
    }
    return fits;
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private static boolean isInstant(JsonNode node) {
    try {
      return node.isString() && Instant.parse(node.stringValue()) != null;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case STRING -> "text";
      // Not which one: it may be a password that somebody gave without quotes.
      case NUMBER -> "a number";
      case BOOLEAN -> node.asString();
      case NULL -> "null";
      case BINARY, MISSING, POJO -> "nothing";
    };
  }
}
