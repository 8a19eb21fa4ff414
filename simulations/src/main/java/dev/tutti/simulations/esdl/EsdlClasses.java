package dev.tutti.simulations.esdl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has to be known of the metamodel: which classes there are, and of which class an object is
 * that does not say so. A file of a later version may hold others, which is no mistake.
 */
public final class EsdlClasses {

  private static final String NO_OBJECT = "-";

  private static final Set<String> NAMES =
      lines("classes.txt").stream()
          .flatMap(line -> Arrays.stream(line.split(" ")))
          .collect(Collectors.toUnmodifiableSet());

  private static final Map<String, String> BY_FEATURE =
      lines("features.txt").stream()
          .map(line -> line.split(" "))
          .collect(Collectors.toUnmodifiableMap(words -> words[0], words -> words[1]));

  private EsdlClasses() {}

  /** The names of all classes that an object can be of, as far as they are known. */
  public static Set<String> names() {
    return NAMES;
  }

  /** The class of an object that does not name it; empty when its feature leaves that open. */
  static String contained(String container, String feature) {
    String usual = BY_FEATURE.getOrDefault(feature, "");
    String type = BY_FEATURE.getOrDefault(container + "." + feature, usual);
    return type.equals(NO_OBJECT) ? "" : type;
  }

  private static List<String> lines(String resource) {
    try (InputStream in = EsdlClasses.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The resource %s is missing.".formatted(resource));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
