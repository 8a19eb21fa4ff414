package dev.tutti.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an image reference means: an entry of the catalogue, or an image of an engine.
 *
 * @param reference as messages name it, such as {@code fake_model:0.0.1}
 * @param command program and arguments
 * @param workingDirectory absolute folder to run in; empty for a folder of each workload's own
 * @param environment variables that every workload of the image gets: names, each with an ellipsis
 *     in place of its value. An {@link ImageRequest} with such a value keeps what is there
 * @param details of an engine's image; absent for an entry of the catalogue
 */
public record ImageView(
    String reference,
    List<String> command,
    String workingDirectory,
    Map<String, String> environment,
    @Nullable ImageDetails details) {

  /** Without the variables, as {@link ImageRequest}. */
  @Override
  public String toString() {
    return "ImageView[%s, %s]".formatted(reference, command);
  }
}
