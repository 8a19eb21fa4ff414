package dev.tutti.backplane.docker;

import dev.tutti.core.SecretMap;
import java.time.Instant;
import java.util.List;

/**
 * An image that an engine has.
 *
 * @param reference as messages name it, such as {@code fake_model:0.0.1}
 * @param id what the engine knows it by; two references can have the same
 * @param bytes its size, with what it shares with others
 * @param user whom its programs run as; empty for root
 * @param command program and arguments, entry point and default arguments together
 * @param folder where its programs begin; empty for the root
 * @param ours whether it carries our label, so that we may replace and remove it
 */
public record DockerImage(
    String reference,
    String id,
    Instant created,
    long bytes,
    String architecture,
    String user,
    List<String> command,
    String folder,
    SecretMap environment,
    boolean ours) {

  public DockerImage {
    command = List.copyOf(command);
  }
}
