package dev.tutti.backplane.process;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Image and labels of a workload as its folder keeps them: a line each, {@code name=value}. What
 * would break a line is written as a space, so that no value can pass for a line of its own.
 */
record About(String image, Map<String, String> labels) {

  private static final String IMAGE = "image";

  String text() {
    StringBuilder text = new StringBuilder();
    line(text, IMAGE, image);
    labels.forEach((name, value) -> line(text, name, value));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append('=').append(value.replaceAll("\\p{Cntrl}", " ")).append('\n');
  }

  static About parse(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        labels.putIfAbsent(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    String image = labels.remove(IMAGE);
    return new About(image == null ? "" : image, labels);
  }
}
