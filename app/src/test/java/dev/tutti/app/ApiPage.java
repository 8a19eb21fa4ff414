package dev.tutti.app;

import dev.tutti.app.OpenApiDocument.Operation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The reference of the API for people, as a page of text. */
final class ApiPage {

  private final OpenApiDocument document;
  private final StringBuilder text = new StringBuilder();
  private final Set<String> anywhere;

  private ApiPage(OpenApiDocument document) {
    this.document = document;
    List<List<String>> all =
        document.operations().stream()
            .filter(operation -> !operation.about().get("security").isEmpty())
            .map(this::problems)
            .toList();
    this.anywhere = new LinkedHashSet<>(all.getFirst());
    all.forEach(anywhere::retainAll);
  }

  static String of(OpenApiDocument document) {
    return new ApiPage(document).written();
  }

  private String written() {
    JsonNode root = document.root();
    text.append("# The API\n\n");
    text.append("<!-- Made from docs/openapi.json by ApiReferenceTest; -Dgolden=write makes it")
        .append(" anew. -->\n\n");
    text.append(root.get("info").get("description").stringValue()).append("\n\n");
    text.append("A server serves this description at `/openapi.json`, and a page to try it at")
        .append(" `/docs`. The API of the original simulation orchestrator is apart:")
        .append(" [simulation-api.md](simulation-api.md).\n\nAny operation may answer with the")
        .append(" problems ")
        .append(String.join(", ", anywhere))
        .append(". The others are named with each.\n");
    for (JsonNode tag : root.get("tags")) {
      String name = tag.get("name").stringValue();
      text.append("\n## ")
          .append(name.substring(0, 1).toUpperCase(Locale.ROOT))
          .append(name.substring(1))
          .append("\n");
      document.operations().stream()
          .filter(operation -> operation.about().get("tags").get(0).stringValue().equals(name))
          .forEach(this::write);
    }
    text.append("\n## Bodies\n");
    root.get("components")
        .get("schemas")
        .properties()
        .forEach(schema -> {
          text.append("\n### ").append(schema.getKey()).append("\n\n");
          write(schema.getValue());
        });
    return text.toString();
  }

  private void write(Operation operation) {
    JsonNode about = operation.about();
    text.append(
        "\n### `%s %s`\n\n"
            .formatted(operation.method().toUpperCase(Locale.ROOT), operation.path()));
    text.append(about.get("summary").stringValue());
    JsonNode security = about.get("security");
    text.append(
        security.isEmpty()
            ? " For anyone."
            : " For the role %s.".formatted(security.get(0).get("token").get(0).stringValue()));
    text.append(" `").append(operation.id()).append("`\n\n");
    List<String> rows = new ArrayList<>();
    for (JsonNode each : about.path("parameters")) {
      JsonNode parameter = document.resolved(each);
      if (parameter.has("description")) {
        rows.add(
            "| `%s` | %s | %s | %s%s |\n"
                .formatted(
                    parameter.get("name").stringValue(),
                    parameter.get("in").stringValue(),
                    words(parameter.get("schema")),
                    parameter.get("description").stringValue(),
                    parameter.get("required").booleanValue() ? " Has to be there." : ""));
      }
    }
    if (!rows.isEmpty()) {
      text.append("| parameter | in | value | |\n|---|---|---|---|\n");
      rows.forEach(text::append);
      text.append("\n");
    }
    if (about.has("requestBody")) {
      text.append("Takes ")
          .append(words(about.at("/requestBody/content/application~1json/schema")))
          .append(".\n\n");
    }
    about
        .get("responses")
        .properties()
        .forEach(response -> {
          JsonNode said = document.resolved(response.getValue());
          if (!said.get("description").stringValue().startsWith("A problem")) {
            text.append(
                "- `%s` %s%s\n"
                    .formatted(
                        response.getKey(), said.get("description").stringValue(), bodies(said)));
          }
        });
    List<String> problems = new ArrayList<>(problems(operation));
    problems.removeAll(anywhere);
    if (!problems.isEmpty()) {
      text.append("- Problems: ").append(String.join(", ", problems)).append(".\n");
    }
  }

  /** Each with its status. */
  private List<String> problems(Operation operation) {
    List<String> problems = new ArrayList<>();
    operation
        .about()
        .get("responses")
        .properties()
        .forEach(response ->
            document.resolved(response.getValue()).path("content").properties().stream()
                .filter(content -> content.getKey().contains("problem"))
                .flatMap(content -> codes(content.getValue().get("schema")).stream())
                .forEach(code -> problems.add("`%s` %s".formatted(response.getKey(), code))));
    return problems;
  }

  private static List<String> codes(JsonNode schema) {
    return schema
        .at("/properties/type/enum")
        .valueStream()
        .map(type -> type.stringValue().replaceFirst(".*:", ""))
        .toList();
  }

  private String bodies(JsonNode response) {
    return response.path("content").properties().stream()
        .filter(content -> !content.getKey().contains("problem"))
        .map(content -> {
          JsonNode schema = content.getValue().get("schema");
          if (content.getValue().has("x-event-data")) {
            return "`%s` of %s"
                .formatted(content.getKey(), words(content.getValue().get("x-event-data")));
          }
          return content.getKey().equals("application/json") && !schema.isEmpty()
              ? words(schema)
              : "`" + content.getKey() + "`";
        })
        .collect(Collectors.joining(" or "))
        .transform(all -> all.isEmpty() ? "" : " " + all + ".");
  }

  private void write(JsonNode schema) {
    if (!schema.has("properties")) {
      text.append(words(schema)).append(".\n");
      return;
    }
    List<String> required =
        schema.path("required").valueStream().map(JsonNode::stringValue).toList();
    text.append("| key | value | |\n|---|---|---|\n");
    schema
        .get("properties")
        .properties()
        .forEach(property ->
            text.append(
                "| `%s` | %s | %s |\n"
                    .formatted(
                        property.getKey(),
                        words(property.getValue()),
                        required.contains(property.getKey()) ? "" : "may be left out")));
  }

  private String words(JsonNode schema) {
    if (schema.isEmpty()) {
      return "anything";
    }
    if (schema.has("$ref")) {
      String name = schema.get("$ref").stringValue().replaceFirst(".*/", "");
      return "[%s](#%s)".formatted(name, name.toLowerCase(Locale.ROOT));
    }
    if (schema.has("enum")) {
      return schema
          .get("enum")
          .valueStream()
          .map(word -> "`" + word.asString() + "`")
          .collect(Collectors.joining(", "));
    }
    if (schema.has("anyOf") || schema.has("oneOf")) {
      JsonNode all = schema.has("anyOf") ? schema.get("anyOf") : schema.get("oneOf");
      return all.valueStream().map(this::words).collect(Collectors.joining(" or "));
    }
    JsonNode type = schema.get("type");
    String kinds =
        type.isArray()
            ? type.valueStream()
                .map(one -> kind(one.stringValue(), schema))
                .collect(Collectors.joining(" or "))
            : kind(type.stringValue(), schema);
    return kinds + limits(schema);
  }

  private String kind(String type, JsonNode schema) {
    return switch (type) {
      case "array" -> "list of " + words(schema.get("items"));
      case "object" ->
          schema.has("additionalProperties")
              ? "map to " + words(schema.get("additionalProperties"))
              : "object";
      case "string" ->
          switch (schema.path("format").asString("")) {
            case "date-time" -> "time";
            case "duration" -> "duration";
            default -> "text";
          };
      case "integer" -> "whole number";
      default -> type;
    };
  }

  private static String limits(JsonNode schema) {
    StringBuilder limits = new StringBuilder();
    if (schema.has("minimum")) {
      limits.append(" from ").append(schema.get("minimum").asString());
    }
    if (schema.has("maximum")) {
      limits.append(" to ").append(schema.get("maximum").asString());
    }
    if (schema.path("minLength").asInt(0) > 1) {
      limits.append(" from ").append(schema.get("minLength").asString()).append(" characters");
    }
    if (schema.has("maxLength")) {
      limits.append(" to ").append(schema.get("maxLength").asString()).append(" characters");
    }
    if (schema.has("pattern")) {
      limits
          .append(" as `")
          .append(schema.get("pattern").stringValue().replace("|", "\\|"))
          .append("`");
    }
    if (schema.has("default")) {
      limits.append(", else ").append(schema.get("default").asString());
    }
    return limits.toString();
  }
}
