package dev.tutti.backplane.docker;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
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
    String reference,
    Path jars,
    List<String> options,
    String mainClass,
    Map<String, String> environment) {

  public JavaImage {
    options = List.copyOf(options);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }
}
