package dev.tutti.backplane.process;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Image and labels of a workload as its folder keeps them: the image in the first line, then a line
 * for each label, {@code name=value}. What would break a line stands behind a backslash, so that no
 * value can pass for a line of its own.
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
    text.append(escaped(name).replace("=", "\\e")).append('=').append(escaped(value)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n");
  }

  static About parse(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    String image = "";
    boolean first = true;
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (first && line.startsWith(IMAGE + "=")) {
        image = plain(line.substring(equals + 1));
      } else if (equals > 0) {
        labels.putIfAbsent(plain(line.substring(0, equals)), plain(line.substring(equals + 1)));
      }
      first = false;
    }
    return new About(image, labels);
  }

  private static String plain(String escaped) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '\\' && i + 1 < escaped.length()) {
        i++;
        c =
            switch (escaped.charAt(i)) {
              case 'n' -> '\n';
              case 'e' -> '=';
              default -> escaped.charAt(i);
            };
      }
      text.append(c);
    }
    return text.toString();
  }
}
