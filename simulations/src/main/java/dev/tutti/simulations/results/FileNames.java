package dev.tutti.simulations.results;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Names that came from outside, as names of files: no path, no hidden file, and reversible. */
final class FileNames {

  private static final int LONGEST = 200;
  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

  private FileNames() {}

  static String of(String name) {
    StringBuilder file = new StringBuilder(name.length());
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = PLAIN.indexOf(b) >= 0;
      if (plain) {
        file.append((char) b);
      } else {
        file.append('%').append(HexFormat.of().toHexDigits(b));
      }
    }
    if (file.isEmpty() || file.length() > LONGEST) {
      throw new Failure.Rejected(
          Problem.of("name-invalid", 400, "A name is empty or too long to be kept as a file."));
    }
    return file.toString();
  }

  static String plain(String file) {
    ByteArrayOutputStream name = new ByteArrayOutputStream(file.length());
    for (int i = 0; i < file.length(); i++) {
      if (file.charAt(i) == '%' && i + 2 < file.length()) {
        name.write(HexFormat.fromHexDigits(file, i + 1, i + 3));
        i += 2;
      } else {
        name.write(file.charAt(i));
      }
    }
    return name.toString(StandardCharsets.UTF_8);
  }
}
