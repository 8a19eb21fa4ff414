package dev.tutti.http.openapi;

import static dev.tutti.http.openapi.RecordSchemas.object;

import dev.tutti.api.ProblemView;
import dev.tutti.http.openapi.RecordSchemas.Way;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/** Answers that say what went wrong; those with the same status and types are described once. */
final class ProblemAnswers {

  static final String MEDIA_TYPE = "application/problem+json";

  private final RecordSchemas schemas;
  private final Map<String, Object> components = new TreeMap<>();

  ProblemAnswers(RecordSchemas schemas) {
    this.schemas = schemas;
  }

  /** All that was referred to, by name. */
  Map<String, Object> components() {
    return components;
  }

  Map<String, Object> answer(int status, SortedSet<String> codes) {
    String name = status + "." + String.join(".", codes);
    components.putIfAbsent(name, described(status, codes));
    return object("$ref", "#/components/responses/" + name);
  }

  /** Where a status means success as well, both bodies are described in place. */
  Map<String, Object> beside(Map<String, Object> success, int status, SortedSet<String> codes) {
    Map<String, Object> both = new LinkedHashMap<>(success);
    Map<String, Object> content = new LinkedHashMap<>(content(success));
    content.putAll(content(described(status, codes)));
    both.put("content", content);
    return both;
  }

  private Map<String, Object> described(int status, SortedSet<String> codes) {
    List<String> types = codes.stream().map(code -> ProblemView.TYPE + code).toList();
    return object(
        "description",
        "A problem: " + String.join(", ", codes) + ".",
        "content",
        object(
            MEDIA_TYPE,
            object(
                "schema",
                object(
                    "allOf",
                    List.of(schemas.of(ProblemView.class, Way.ANSWER)),
                    "properties",
                    object("type", object("enum", types), "status", object("const", status))))));
  }

  private static Map<String, Object> content(Map<String, Object> response) {
    Map<String, Object> copied = new LinkedHashMap<>();
    if (response.get("content") instanceof Map<?, ?> content) {
      content.forEach((type, body) -> copied.put(type.toString(), body));
    }
    return copied;
  }
}
