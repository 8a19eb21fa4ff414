package dev.tutti.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an image reference is to mean; see {@link ImageView}. */
public record ImageRequest(
    List<String> command,
    @Nullable String workingDirectory,
    @Nullable Map<String, String> environment) {

  /** Without the variables: their values may be secrets. */
  @Override
  public String toString() {
    return "ImageRequest[%s]".formatted(command);
  }
}
