package dev.tutti.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a simulation is asked for with: a file with the request, and one with the ESDL. */
final class SimulationFile {
  private static final String ESDL_MEMBER = "esdl_base64string";

  @Parameters(
      index = "0",
      paramLabel = "REQUEST",
      description = "File with the request, as JSON; the keys are those of the original.")
  private Path request = Path.of("");

  @Option(
      names = "--esdl",
      paramLabel = "FILE",
      description = "The ESDL file. Takes the place of the request's esdl_base64string.")
  private @Nullable Path esdl;

  /** The body of the request. */
  byte[] body(JacksonJson json) {
    return body(json, Map.of());
  }

  /** The same with further members. */
  byte[] body(JacksonJson json, Map<String, Tree> more) {
    byte[] written = read(request);
    if (esdl == null && more.isEmpty()) {
      return written;
    }
    Tree tree;
    try {
      tree = json.read(written, Tree.class);
    } catch (IllegalArgumentException noJson) {
      throw new CommandFailure(
          ExitStatus.USAGE,
          request + " is no JSON: " + noJson.getMessage(),
          "examples/ holds a request to begin with.");
    }
    if (!(tree instanceof Tree.Fields(Map<String, Tree> members))) {
      throw new CommandFailure(
          ExitStatus.USAGE,
          request + " holds no JSON object",
          "examples/ holds a request to begin with.");
    }
    Map<String, Tree> whole = new LinkedHashMap<>(members);
    whole.putAll(more);
    if (esdl != null) {
      whole.put(ESDL_MEMBER, new Tree.Text(Base64.getEncoder().encodeToString(read(esdl))));
    }
    return json.line(new Tree.Fields(whole)).getBytes(StandardCharsets.UTF_8);
  }

  /** What a file of YAML or JSON holds. */
  static Tree yaml(JacksonJson json, Path file) {
    try {
      return json.yaml(read(file));
    } catch (IllegalArgumentException noYaml) {
      throw new CommandFailure(
          ExitStatus.USAGE,
          file + " is no YAML: " + noYaml.getMessage(),
          "docs/simulations.md shows one.");
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw new CommandFailure(
          ExitStatus.USAGE, "there is no file " + file, "Name one that exists.");
    } catch (IOException unreadable) {
      throw new CommandFailure(
          ExitStatus.USAGE, file + " cannot be read: " + unreadable, "Name another one.");
    }
  }
}
