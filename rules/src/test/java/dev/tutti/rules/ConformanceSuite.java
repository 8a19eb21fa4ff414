package dev.tutti.rules;

import dev.tutti.backplane.testkit.BackplaneContract;
import dev.tutti.backplane.testkit.ObservationContract;
import dev.tutti.backplane.testkit.OperationContract;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The themes of the contract of backplanes, in its order, each with its cases by name. */
record ConformanceSuite(List<Theme> themes) {

  record Theme(String name, List<String> cases) {}

  static ConformanceSuite ofBackplanes() {
    return new ConformanceSuite(
        interfaces()
            .map(theme ->
                new Theme(
                    theme.getSimpleName().replaceFirst("Theme$", ""),
                    Arrays.stream(theme.getDeclaredMethods())
                        .filter(ConformanceSuite::isCase)
                        .map(Method::getName)
                        .sorted()
                        .toList()))
            .toList());
  }

  private static Stream<Class<?>> interfaces() {
    return Stream.of(OperationContract.class, ObservationContract.class)
        .flatMap(part -> Arrays.stream(part.getInterfaces()));
  }

  private static boolean isCase(Method method) {
    return method.isAnnotationPresent(Test.class)
        || method.isAnnotationPresent(ParameterizedTest.class);
  }

  List<String> cases() {
    return themes.stream().flatMap(theme -> theme.cases().stream()).toList();
  }

  /** When the newest of its classes was compiled. */
  static FileTime compiled() throws IOException {
    try {
      Path classes =
          Path.of(
              BackplaneContract.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      FileTime newest = FileTime.fromMillis(0);
      for (Class<?> theme : interfaces().toList()) {
        Path file = classes.resolve(theme.getName().replace('.', '/') + ".class");
        if (Files.exists(file) && Files.getLastModifiedTime(file).compareTo(newest) > 0) {
          newest = Files.getLastModifiedTime(file);
        }
      }
      return newest;
    } catch (URISyntaxException impossible) {
      throw new IOException(impossible);
    }
  }

  /** A name as the sentence that it is. */
  static String sentence(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean begins =
          Character.isUpperCase(c)
              || (Character.isDigit(c) && i > 0 && !Character.isDigit(name.charAt(i - 1)));
      text.append(begins ? " " : "").append(Character.toLowerCase(c));
    }
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
