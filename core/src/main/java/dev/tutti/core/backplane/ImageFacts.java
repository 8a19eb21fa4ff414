package dev.tutti.core.backplane;

import dev.tutti.core.SecretMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an image says about itself.
 *
 * @param reference as messages name it, such as {@code fake_model:0.0.1}
 * @param id what the backplane knows it by; two references can have the same. Empty where images
 *     are only commands
 * @param digest by which a registry gives exactly this one, such as {@code
 *     ghcr.io/acme/pv@sha256:…}; empty for one that came from no registry
 * @param created when it was made; null when nobody knows
 * @param bytes its size, with what it shares with others; 0 where images are only commands
 * @param machine the processor that it is for, such as {@code amd64}; empty for any
 * @param user whom its programs run as; empty for the usual one, which is root in containers
 * @param entryPoint the program, with the arguments that it always gets
 * @param arguments those that it gets when nobody names others
 * @param folder where its programs begin; empty for the usual one
 * @param ports that its programs say they listen on, lowest first
 */
public record ImageFacts(
    String reference,
    String id,
    String digest,
    @Nullable Instant created,
    long bytes,
    String machine,
    String user,
    List<String> entryPoint,
    List<String> arguments,
    String folder,
    SecretMap environment,
    Map<String, String> labels,
    List<Port> ports) {

  public ImageFacts {
    entryPoint = List.copyOf(entryPoint);
    arguments = List.copyOf(arguments);
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    ports = List.copyOf(ports);
  }

  /** An entry of a catalogue, which is a command and no more. */
  public static ImageFacts of(Image entry) {
    return new ImageFacts(
        entry.reference(),
        "",
        "",
        null,
        0,
        "",
        "",
        entry.command(),
        List.of(),
        entry.workingDirectory(),
        entry.environment(),
        Map.of(),
        List.of());
  }

  /** What is run when nobody names other arguments: the program, then all arguments. */
  public List<String> command() {
    List<String> command = new ArrayList<>(entryPoint);
    command.addAll(arguments);
    return List.copyOf(command);
  }
}
