package dev.tutti.http.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tutti.api.Allowed;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Schemas of records as the API reads and writes them: what JSpecify calls nullable may be null,
 * and may be left out of a request; an answer has every key. Each record becomes a component that
 * others refer to.
 */
final class RecordSchemas {

  /** Whether a record is read or written. */
  enum Way {
    REQUEST,
    ANSWER
  }

  private static final String PLACE = "#/components/schemas/";
  private static final String LOCAL_TIME =
      "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?$";

  private final Map<String, Map<String, Object>> components = new TreeMap<>();
  private final Map<String, Type> named = new LinkedHashMap<>();

  /** All that was referred to, by name. */
  Map<String, Map<String, Object>> components() {
    return components;
  }

  /** A type that stands by itself, such as the body of a request. */
  Map<String, Object> of(Class<?> type, Way way) {
    if (type.isRecord() || type.isSealed()) {
      return component(type, way);
    }
    if (type.isEnum()) {
      List<String> words = Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
      return object("type", "string", "enum", words);
    }
    if (type == String.class) {
      return object("type", "string");
    }
    if (type == boolean.class || type == Boolean.class) {
      return object("type", "boolean");
    }
    if (type == int.class || type == Integer.class) {
      return object("type", "integer", "format", "int32");
    }
    if (type == long.class || type == Long.class) {
      return object("type", "integer", "format", "int64");
    }
    if (type == double.class || type == Double.class) {
      return object("type", "number", "format", "double");
    }
    if (type == Instant.class) {
      return object("type", "string", "format", "date-time");
    }
    if (type == LocalDateTime.class) {
      return object("type", "string", "pattern", LOCAL_TIME);
    }
    if (type == Duration.class) {
      return object("type", "string", "format", "duration");
    }
    if (type == Object.class) {
      return object();
    }
    throw new IllegalArgumentException("There is no schema for " + type.getTypeName() + ".");
  }

  /** A page of such items. */
  Map<String, Object> page(Class<?> item) {
    String name = name(item, Way.ANSWER) + "Page";
    if (!components.containsKey(name)) {
      Map<String, Object> items = object("type", "array", "items", of(item, Way.ANSWER));
      Map<String, Object> next = object("type", List.of("string", "null"));
      components.put(
          name,
          object(
              "type",
              "object",
              "properties",
              object("items", items, "next", next),
              "required",
              List.of("items", "next")));
    }
    return reference(name);
  }

  static Map<String, Object> reference(String name) {
    return object("$ref", PLACE + name);
  }

  /** A JSON object that keeps the order in which it is written here. */
  static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  private Map<String, Object> component(Class<?> type, Way way) {
    String name = name(type, way);
    Type other = named.putIfAbsent(name, type);
    if (other != null && other != type) {
      throw new IllegalArgumentException(
          "%s and %s would have one name, '%s'."
              .formatted(other.getTypeName(), type.getTypeName(), name));
    }
    if (other == null) {
      components.put(name, type.isRecord() ? properties(type, way) : alternatives(type, way));
    }
    return reference(name);
  }

  private Map<String, Object> alternatives(Class<?> type, Way way) {
    return object(
        "oneOf",
        Arrays.stream(type.getPermittedSubclasses()).map(permitted -> of(permitted, way)).toList());
  }

  private Map<String, Object> properties(Class<?> type, Way way) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      boolean nullable = isNullable(component.getAnnotatedType());
      String name = key(component);
      Map<String, Object> schema = value(component.getAnnotatedType(), way);
      Optional.ofNullable(component.getAnnotation(Allowed.class))
          .ifPresent(allowed -> limit(schema, allowed));
      properties.put(name, nullable ? orNull(schema) : schema);
      if (way == Way.ANSWER || !nullable) {
        required.add(name);
      }
    }
    Map<String, Object> schema = object("type", "object", "properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    if (way == Way.REQUEST) {
      // Requests are read strictly; answers may get more keys.
      schema.put("additionalProperties", false);
    }
    return schema;
  }

  private static String key(RecordComponent component) {
    JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
    return renamed == null ? component.getName() : renamed.value();
  }

  private Map<String, Object> value(AnnotatedType annotated, Way way) {
    if (annotated.getType() instanceof Class<?> plain) {
      return of(plain, way);
    }
    if (annotated instanceof AnnotatedParameterizedType arguments
        && arguments.getType() instanceof ParameterizedType generic
        && generic.getRawType() instanceof Class<?> raw) {
      AnnotatedType[] of = arguments.getAnnotatedActualTypeArguments();
      if (Collection.class.isAssignableFrom(raw)) {
        return object("type", "array", "items", possiblyNull(of[0], way));
      }
      if (Map.class.isAssignableFrom(raw)) {
        return object("type", "object", "additionalProperties", possiblyNull(of[1], way));
      }
      if (raw == Optional.class) {
        return orNull(value(of[0], way));
      }
    }
    throw new IllegalArgumentException(
        "There is no schema for %s.".formatted(annotated.getType().getTypeName()));
  }

  private Map<String, Object> possiblyNull(AnnotatedType type, Way way) {
    Map<String, Object> schema = value(type, way);
    return isNullable(type) ? orNull(schema) : schema;
  }

  private static void limit(Map<String, Object> schema, Allowed allowed) {
    if (allowed.words().length > 0) {
      schema.put("enum", List.of(allowed.words()));
    }
    if (!allowed.pattern().isEmpty()) {
      schema.put("pattern", "^(" + allowed.pattern() + ")$");
    }
    putUnless(schema, "minLength", (long) allowed.shortest(), 0L);
    putUnless(schema, "maxLength", (long) allowed.longest(), (long) Integer.MAX_VALUE);
    putUnless(schema, "minimum", allowed.least(), Long.MIN_VALUE);
    putUnless(schema, "maximum", allowed.most(), Long.MAX_VALUE);
  }

  private static void putUnless(
      Map<String, Object> schema, String keyword, Long value, Long nothing) {
    if (!value.equals(nothing)) {
      schema.put(keyword, value);
    }
  }

  private static Map<String, Object> orNull(Map<String, Object> schema) {
    if (schema.containsKey("type") && !schema.containsKey("enum")) {
      Map<String, Object> nullable = new LinkedHashMap<>(schema);
      nullable.put("type", List.of(schema.get("type"), "null"));
      return nullable;
    }
    return schema.isEmpty() ? schema : object("anyOf", List.of(schema, object("type", "null")));
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  /**
   * The record's name without what says on which side of the API it stands. One that stands on both
   * has two descriptions, and so two names.
   */
  private static String name(Class<?> type, Way way) {
    Class<?> outer = type.getEnclosingClass();
    String simple = type.getSimpleName();
    String name =
        outer == null
            ? stem(simple)
            : stem(outer.getSimpleName()).replaceFirst("Request$", "") + stem(simple);
    boolean onlyAsked = (outer == null ? simple : outer.getSimpleName()).endsWith("Request");
    return way == Way.ANSWER || onlyAsked ? name : name + "Input";
  }

  private static String stem(String name) {
    return name.replaceFirst("View$", "");
  }
}
