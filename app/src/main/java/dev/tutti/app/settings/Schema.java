package dev.tutti.app.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The file of settings as JSON Schema, for editors that complete and check while one types. */
public final class Schema {

  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

  private Schema() {}

  /** A schema of objects, lists, texts, numbers and booleans, to be written as JSON. */
  public static Map<String, Object> of(String title, List<? extends Setting<?>> declared) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", DRAFT);
    schema.put("title", title);
    schema.putAll(section("", declared));
    return schema;
  }

  private static Map<String, Object> section(String prefix, List<? extends Setting<?>> declared) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Setting<?> setting : declared) {
      if (setting.key().startsWith(prefix)) {
        String rest = setting.key().substring(prefix.length());
        int dot = rest.indexOf('.');
        if (dot < 0) {
          properties.put(rest, value(setting));
        } else {
          String word = rest.substring(0, dot);
          properties.computeIfAbsent(word, _ -> section(prefix + word + ".", declared));
        }
      }
    }
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("type", List.of("object", "null"));
    section.put("properties", properties);
    section.put("additionalProperties", false);
    return section;
  }

  private static Map<String, Object> value(Setting<?> setting) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("description", plain(setting.meaning()) + " (" + setting.variable() + ")");
    Map<String, Object> kind = setting.kind().schema();
    if (setting.secret()) {
      value.put("anyOf", List.of(kind, file()));
      value.put("writeOnly", true);
    } else {
      value.putAll(kind);
    }
    String fallback = setting.fallback().words();
    if (!fallback.isEmpty() && !fallback.equals("absent")) {
      value.put("$comment", "default: " + plain(fallback));
    }
    return value;
  }

  private static Map<String, Object> file() {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("type", "object");
    file.put("properties", Map.of("file", Map.of("type", "string")));
    file.put("required", List.of("file"));
    file.put("additionalProperties", false);
    return file;
  }

  /** Markdown without its marks. */
  private static String plain(String markdown) {
    return markdown.replaceAll("\\[([^]]+)]\\([^)]*\\)", "$1").replace("`", "");
  }
}
