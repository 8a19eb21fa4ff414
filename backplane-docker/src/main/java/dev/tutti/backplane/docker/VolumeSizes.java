package dev.tutti.backplane.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerException;
import dev.tutti.core.Failure;
import java.io.IOException;
import java.util.OptionalLong;

/** How much is in volumes, which engines tell in an answer that the client does not know. */
final class VolumeSizes {

  /** Newer engines leave out what is not asked for; older ones count all there is. */
  private static final String PATH = "/system/df?type=volume";

  private final Engine engine;

  VolumeSizes(Engine engine) {
    this.engine = engine;
  }

  /** In bytes; empty when the engine does not tell. */
  OptionalLong of(String volume) {
    try {
      for (JsonNode known : new ObjectMapper().readTree(engine.get(PATH)).path("Volumes")) {
        long bytes = known.path("UsageData").path("Size").asLong(-1);
        if (volume.equals(known.path("Name").asText()) && bytes >= 0) {
          return OptionalLong.of(bytes);
        }
      }
      return OptionalLong.empty();
    } catch (DockerException | IOException trouble) {
      throw new Failure.Unavailable(
          "The Docker Engine could not tell how much is in volumes: " + Engine.said(trouble),
          trouble);
    }
  }
}
