package dev.tutti.app;

import dev.tutti.app.OpenApiDocument.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes random requests from the description of an API: some as it says, some that break it in one
 * way. Names of objects come from earlier answers most of the time.
 */
final class ContractRequests {

  private static final List<String> TEXTS =
      List.of(
          "a",
          "nobody",
          "0",
          "-1",
          "true",
          "null",
          "..",
          ".",
          "~",
          "a~b~1",
          "~~",
          "kind:id",
          "x:",
          "ä€😀",
          "a b",
          "a/b",
          "a%2Fb",
          "%",
          "\"",
          "'; --",
          "<script>",
          "\u0000",
          "\n",
          "\u007f",
          "A".repeat(300),
          "2030-01-31T12:00:00Z",
          "1e400",
          "9223372036854775808",
          "[]",
          "{}",
          "\ufeff",
          "\u202e",
          "B".repeat(20_000));

  /** In an address: no UTF-8, more bytes than needed, a climb, half a character. */
  private static final List<String> MALFORMED =
      List.of("%ff", "%C0%AF", "%2e%2e", "%ED%A0%80", "%00", "%c3");

  private static final String ESDL =
      Base64.getEncoder()
          .encodeToString(
              """
              <?xml version="1.0" encoding="UTF-8"?>
              <esdl:EnergySystem xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                  xmlns:esdl="http://www.tno.nl/esdl" id="es" name="es">
                <instance xsi:type="esdl:Instance" id="i" name="i">
                  <area xsi:type="esdl:Area" id="area" name="area">
                    <asset xsi:type="esdl:PVInstallation" id="pv1" name="pv1"/>
                    <asset xsi:type="esdl:PVInstallation" id="pv2" name="pv2"/>
                  </area>
                </instance>
              </esdl:EnergySystem>
              """
                  .getBytes(StandardCharsets.UTF_8));

  /** Values that mean something, by the name of what they are given for. */
  private static final Map<String, List<String>> FITTING =
      Map.ofEntries(
          Map.entry("simulationId", List.of("sim-1", "sim-2", "sim-3", "sim-4")),
          Map.entry("simulatorName", List.of("dots-so")),
          Map.entry("image", List.of("fake_model:0.0.1", "a:1")),
          Map.entry("name", List.of("a street", "anna", "ben", "ci-1")),
          Map.entry("start_date", List.of("2024-01-01 00:00:00", "2024-06-01T00:00:00")),
          Map.entry("esdl_base64string", List.of(ESDL, ESDL, ESDL, "AAAA")),
          Map.entry("zone", List.of("Europe/Amsterdam", "UTC")),
          Map.entry("workingDirectory", List.of("", "/tmp")),
          Map.entry("esdl_type", List.of("PVInstallation")),
          Map.entry("service_image_url", List.of("fake_model:0.0.1")),
          Map.entry("owner", List.of("deployment:dots-so~sim-1")));

  private final OpenApiDocument document;
  private final Random random;
  private final Map<String, List<String>> known = new TreeMap<>();

  /**
   * A request.
   *
   * @param broken how it breaks the description; empty when it does not
   */
  record Asked(
      Operation operation, String path, Map<String, String> headers, String body, String broken) {}

  ContractRequests(OpenApiDocument document, Random random) {
    this.document = document;
    this.random = random;
  }

  /** Remembers the names of what a list showed. */
  void learn(Operation operation, JsonNode answer) {
    String tag = tag(operation);
    for (JsonNode item : answer.path("items")) {
      for (String key : List.of("id", "reference", "name", "owner")) {
        String name = item.path(key).asString("");
        if (!name.isEmpty() && !name.equals(ContractTest.LOOKS)) {
          List<String> names = known.computeIfAbsent(tag, _ -> new ArrayList<>());
          names.add(name);
          if (names.size() > 200) {
            names.removeFirst();
          }
          break;
        }
      }
    }
  }

  Asked next(Operation operation) {
    String broken = "";
    StringBuilder path = new StringBuilder(operation.path());
    StringBuilder query = new StringBuilder();
    Map<String, String> headers = new LinkedHashMap<>();
    for (JsonNode each : operation.about().path("parameters")) {
      JsonNode parameter = document.resolved(each);
      String name = parameter.get("name").stringValue();
      switch (parameter.get("in").stringValue()) {
        case "path" -> {
          String value = name(operation);
          int at = path.indexOf("{" + name + "}");
          String written = chance(3) ? any(MALFORMED) : TestServer.encoded(value);
          path.replace(at, at + name.length() + 2, written);
        }
        case "query" -> {
          if (parameter.get("required").booleanValue() ? chance(90) : chance(25)) {
            boolean wrong = broken.isEmpty() && chance(20) && canBeWrong(parameter.get("schema"));
            String value =
                wrong ? wrongWord(parameter.get("schema")) : word(name, parameter.get("schema"));
            broken = wrong ? "the parameter " + name : broken;
            query.append(query.isEmpty() ? '?' : '&').append(name).append('=');
            query.append(TestServer.encoded(value));
          }
        }
        case "header" -> {
          if (chance(20)) {
            headers.put(name, word(name, parameter.get("schema")).replaceAll("[^ -~]", "?"));
          }
        }
        default -> throw new AssertionError(parameter);
      }
    }
    String body = "";
    if (operation.about().has("requestBody")) {
      headers.put("Content-Type", "application/json");
      JsonNode schema = operation.about().at("/requestBody/content/application~1json/schema");
      body = value("", schema, 0).toString();
      if (broken.isEmpty() && chance(50)) {
        body = breaking(TestServer.JSON.readTree(body), headers);
        broken = isBroken(schema, body, headers) ? "the body" : "";
      }
    }
    return new Asked(operation, path.append(query).toString(), headers, body, broken);
  }

  private boolean isBroken(JsonNode schema, String body, Map<String, String> headers) {
    if (!headers.getOrDefault("Content-Type", "").startsWith("application/json")) {
      return true;
    }
    try {
      return body.isEmpty() || !document.wrong(schema, TestServer.JSON.readTree(body)).isEmpty();
    } catch (tools.jackson.core.JacksonException noJson) {
      return true;
    }
  }

  // ---- values as described

  private JsonNode value(String name, JsonNode given, int depth) {
    JsonNode schema = document.resolved(given);
    if (schema.has("anyOf")) {
      return value(name, schema.get("anyOf").get(chance(20) ? 1 : 0), depth);
    }
    if (schema.has("enum")) {
      return any(schema.get("enum"));
    }
    String type =
        schema.path("type").isArray()
            ? any(schema.get("type")).stringValue()
            : schema.path("type").asString("string");
    return switch (type) {
      case "object" -> object(schema, depth);
      case "array" -> {
        ArrayNode items = TestServer.JSON.createArrayNode();
        for (int i = chance(70) ? 0 : random.nextInt(3); i >= 0; i--) {
          items.add(value(name, schema.get("items"), depth + 1));
        }
        yield items;
      }
      case "string" -> TestServer.JSON.getNodeFactory().stringNode(text(name, schema));
      case "integer" -> TestServer.JSON.getNodeFactory().numberNode(whole(schema));
      case "number" -> TestServer.JSON.getNodeFactory().numberNode(random.nextInt(3) / 2.0);
      case "boolean" -> TestServer.JSON.getNodeFactory().booleanNode(random.nextBoolean());
      case "null" -> TestServer.JSON.nullNode();
      default -> throw new AssertionError(schema);
    };
  }

  private ObjectNode object(JsonNode schema, int depth) {
    ObjectNode object = TestServer.JSON.createObjectNode();
    List<String> required =
        schema.path("required").valueStream().map(JsonNode::stringValue).toList();
    schema
        .path("properties")
        .properties()
        .forEach(property -> {
          if (required.contains(property.getKey()) || chance(40)) {
            object.set(property.getKey(), value(property.getKey(), property.getValue(), depth + 1));
          }
        });
    if (schema.path("additionalProperties").isObject() && depth < 6) {
      for (int i = random.nextInt(3); i > 0; i--) {
        object.set("KEY_" + i, value("", schema.get("additionalProperties"), depth + 1));
      }
    }
    return object;
  }

  private long whole(JsonNode schema) {
    long least = schema.path("minimum").asLong(-10);
    long most = Math.min(schema.path("maximum").asLong(Integer.MAX_VALUE), Integer.MAX_VALUE);
    return switch (random.nextInt(4)) {
      case 0 -> least;
      case 1 -> most;
      default -> Math.min(most, least + random.nextInt(20));
    };
  }

  private String text(String name, JsonNode schema) {
    if (FITTING.containsKey(name) && chance(85)) {
      return any(FITTING.get(name));
    }
    if (schema.has("pattern") || name.equals("id")) {
      return any(List.of("anna", "ben", "ci-1", "ci-2", "m1", "m2", "m3"));
    }
    int least = schema.path("minLength").asInt(0);
    return least > 0 ? "correct horse battery" : any(TEXTS);
  }

  /** As it stands in an address. */
  private String word(String name, JsonNode schema) {
    if (schema.path("type").asString("").equals("array")) {
      return any(schema.get("items").get("enum")).stringValue()
          + (chance(30) ? "," + any(schema.get("items").get("enum")).stringValue() : "");
    }
    return shortened(value(name, schema, 0).asString());
  }

  private String name(Operation operation) {
    List<String> names = known.getOrDefault(tag(operation), List.of());
    if (!names.isEmpty() && chance(80)) {
      return any(names);
    }
    return shortened(any(TEXTS));
  }

  /** The line of a request has a limit, and what answers beyond it is no operation. */
  private static String shortened(String text) {
    return text.length() > 300 ? text.substring(0, 300) : text;
  }

  private static String tag(Operation operation) {
    return operation.about().get("tags").get(0).stringValue();
  }

  // ---- values that are not

  private static boolean canBeWrong(JsonNode schema) {
    return !schema.path("type").asString("").equals("string") || schema.has("enum");
  }

  private String wrongWord(JsonNode schema) {
    if (schema.path("type").asString("").equals("integer") && chance(50)) {
      return schema.has("minimum") && chance(50)
          ? Long.toString(schema.get("minimum").asLong() - 1)
          : "99999999999999999999";
    }
    return any(List.of("wrong", " ", "1.5.0", "tru", "1,2", "\u00e9", "None"));
  }

  private String breaking(JsonNode body, Map<String, String> headers) {
    return switch (random.nextInt(8)) {
      case 0 -> {
        headers.put("Content-Type", any(List.of("text/plain", "application/xml", "json")));
        yield body.toString();
      }
      case 1 ->
          any(List.of("", "[]", "null", "1", "\"text\"", "{", "{\"a\":}", "\u0000", "[[[[", "{}"));
      case 2 -> {
        String text = body.toString();
        yield text.substring(0, random.nextInt(text.length()));
      }
      default -> {
        List<JsonNode> objects = new ArrayList<>();
        collect(body, objects);
        breakOne((ObjectNode) any(objects));
        yield body.toString();
      }
    };
  }

  private void breakOne(ObjectNode object) {
    List<String> keys = List.copyOf(object.propertyNames());
    if (keys.isEmpty() || chance(15)) {
      object.put("unknown-key", 1);
      return;
    }
    String key = any(keys);
    switch (random.nextInt(4)) {
      case 0 -> object.remove(key);
      case 1 -> object.putNull(key);
      case 2 -> object.set(key, TestServer.JSON.createArrayNode().add(1).add("a"));
      default ->
          object.set(
              key,
              TestServer.JSON.readTree(
                  any(
                      List.of(
                          "-1",
                          "1e308",
                          "1e400",
                          "99999999999999",
                          "true",
                          "{\"a\":1}",
                          "\"\"",
                          "1.5"))));
    }
  }

  private static void collect(JsonNode node, List<JsonNode> objects) {
    if (node.isObject()) {
      objects.add(node);
    }
    node.values().forEach(child -> collect(child, objects));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private JsonNode any(JsonNode all) {
    return all.get(random.nextInt(all.size()));
  }
}
