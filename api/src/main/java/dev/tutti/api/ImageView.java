package dev.tutti.api;

import java.util.List;
import java.util.Map;

/**
 * An entry of the catalogue.
 *
 * @param reference as messages name it, such as {@code fake_model:0.0.1}
 * @param command program and arguments
 * @param workingDirectory absolute folder to run in; empty for a folder of each workload's own
 * @param environment variables that every workload of the image gets: names, each with an ellipsis
 *     in place of its value. An {@link ImageRequest} with such a value keeps what is there
 */
public record ImageView(
    String reference,
    List<String> command,
    String workingDirectory,
    Map<String, String> environment) {

  /** Without the variables, as {@link ImageRequest}. */
  @Override
  public String toString() {
    return "ImageView[%s, %s]".formatted(reference, command);
  }
}
