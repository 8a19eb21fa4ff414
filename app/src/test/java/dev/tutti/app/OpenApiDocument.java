package dev.tutti.app;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** A description of an API, as those who call it read it. */
final class OpenApiDocument {

  private static final String ID = "urn:document";
  private static final String OPENAPI = "https://spec.openapis.org/oas/3.1/";

  private final JsonNode root;
  private final SchemaRegistry registry;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  /** One operation. */
  record Operation(String path, String method, String id, JsonNode about) {}

  OpenApiDocument(JsonNode root) {
    this.root = root;
    this.registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(Map.of(ID, root.toString())));
  }

  JsonNode root() {
    return root;
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.get("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(operation ->
                    operations.add(
                        new Operation(
                            path.getKey(),
                            operation.getKey(),
                            operation.getValue().get("operationId").stringValue(),
                            operation.getValue()))));
    return operations;
  }

  /** What a node is, or leads to. */
  JsonNode resolved(JsonNode node) {
    JsonNode found = node;
    while (found.has("$ref")) {
      String reference = found.get("$ref").stringValue();
      found = root.at(reference.substring(1));
      if (found.isMissingNode()) {
        throw new AssertionError(reference + " leads nowhere");
      }
    }
    return found;
  }

  /** What is wrong with a value; empty when it is as its schema says. */
  List<String> wrong(JsonNode schema, JsonNode value) {
    return schemas.computeIfAbsent(schema.toString(), _ -> schema(schema)).validate(value).stream()
        .map(Error::toString)
        .toList();
  }

  private Schema schema(JsonNode schema) {
    // References of the document are to the document, wherever they stand.
    String text = schema.toString().replace("\"$ref\":\"#", "\"$ref\":\"" + ID + "#");
    return registry.getSchema(TestServer.JSON.readTree(text));
  }

  /** What the schemas of OpenAPI 3.1 find wrong with the document. */
  List<String> wrong() {
    Map<String, String> published =
        Map.of(
            OPENAPI + "schema/2022-10-07", file("schema.json"),
            OPENAPI + "schema-base/2022-10-07", file("schema-base.json"),
            OPENAPI + "dialect/base", file("dialect.json"),
            OPENAPI + "meta/base", file("vocabulary.json"));
    Schema meta =
        SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(published))
            .getSchema(SchemaLocation.of(OPENAPI + "schema-base/2022-10-07"));
    return meta.validate(root).stream().map(Error::toString).toList();
  }

  private static String file(String name) {
    try (InputStream file = OpenApiDocument.class.getResourceAsStream("/openapi-3.1/" + name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
