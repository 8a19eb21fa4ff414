package dev.tutti.core.backplane;

import dev.tutti.core.SecretMap;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import java.util.List;
import java.util.Map;

/**
 * An entry of the catalogue: what an image reference means on the process backplane.
 *
 * @param reference as messages name it, such as {@code fake_model:0.0.1}
 * @param command program and arguments; never given to a shell
 * @param workingDirectory absolute folder to run in; empty for the attempt's own folder
 * @param environment variables that every workload of the image gets; those of the request win
 */
public record Image(
    String reference, List<String> command, String workingDirectory, SecretMap environment) {

  public static final DocumentKind<Image> KIND =
      DocumentKind.of("image", Image.class, i -> new Attributes("", i.reference(), "known"));

  public Image {
    command = List.copyOf(command);
  }

  public Image(
      String reference,
      List<String> command,
      String workingDirectory,
      Map<String, String> environment) {
    this(reference, command, workingDirectory, SecretMap.of(environment));
  }
}
