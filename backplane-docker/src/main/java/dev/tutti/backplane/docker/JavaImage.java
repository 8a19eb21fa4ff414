package dev.tutti.backplane.docker;

import dev.tutti.core.SecretMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What an image of a Java program is built of.
 *
 * @param reference its name
 * @param jars folder with all its jars
 * @param options of the virtual machine
 * @param mainClass where it begins
 * @param environment variables that it has unless a container is given others
 */
public record JavaImage(
    String reference, Path jars, List<String> options, String mainClass, SecretMap environment) {

  public JavaImage {
    options = List.copyOf(options);
  }

  public JavaImage(
      String reference,
      Path jars,
      List<String> options,
      String mainClass,
      Map<String, String> environment) {
    this(reference, jars, options, mainClass, SecretMap.of(environment));
  }
}
