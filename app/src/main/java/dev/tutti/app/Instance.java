package dev.tutti.app;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an instance is and speaks, as it says it on the broker, and the topics for that. All are our
 * addition to the protocol.
 *
 * @param instance names its data folder, the same at each start
 * @param protocol the version of the DOTS protocol
 * @param address where its API is; empty while that is not known
 * @param machine the name of the machine, and the process there
 */
record Instance(String instance, String version, String protocol, String address, String machine) {

  static final String PROTOCOL = "1.0";
  private static final JsonMapper JSON = new JsonMapper();

  static Instance of(String id, String version, Optional<URI> address) {
    return new Instance(
        id,
        version,
        PROTOCOL,
        address.map(URI::toString).orElse(""),
        "%s, process %d".formatted(machineName(), ProcessHandle.current().pid()));
  }

  private static String machineName() {
    return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("this machine");
  }

  /** Retained: the instance that serves a simulator name. */
  static String descriptorTopic(String simulatorName) {
    return "/tutti/mso/" + simulatorName + "/Instance";
  }

  /** Asks who is there. */
  static String questionTopic(String simulatorName) {
    return "/tutti/mso/" + simulatorName + "/Who";
  }

  /** The answer of one that is. */
  static String answerTopic(String simulatorName) {
    return "/tutti/mso/" + simulatorName + "/Here";
  }

  byte[] encode() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("instance", instance);
    fields.put("version", version);
    fields.put("protocol", protocol);
    fields.put("address", address);
    fields.put("machine", machine);
    return JSON.writeValueAsString(fields).getBytes(StandardCharsets.UTF_8);
  }

  /** Nothing when these bytes are no descriptor: anybody may write to a broker. */
  static Optional<Instance> decode(byte[] payload) {
    try {
      JsonNode fields = JSON.readTree(new String(payload, StandardCharsets.UTF_8));
      Instance found =
          new Instance(
              text(fields, "instance"),
              text(fields, "version"),
              text(fields, "protocol"),
              text(fields, "address"),
              text(fields, "machine"));
      return found.instance.isEmpty() ? Optional.empty() : Optional.of(found);
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
  }

  private static String text(JsonNode fields, String name) {
    String text = fields.path(name).asString("").replaceAll("\\p{Cntrl}", "?");
    return text.substring(0, Math.min(text.length(), 200));
  }

  boolean isSameAs(Instance other) {
    return instance.equals(other.instance);
  }

  @Override
  public String toString() {
    return "instance %s (%s%s, version %s)"
        .formatted(instance, machine, address.isEmpty() ? "" : ", API " + address, version);
  }
}
