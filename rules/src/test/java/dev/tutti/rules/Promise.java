package dev.tutti.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that Tutti promises, and the tests that would fail if it did not keep it.
 *
 * @param section where it comes from
 * @param text one sentence
 * @param tests which tests keep it
 * @param awaited what still has to be tested, in words
 */
record Promise(String section, String text, List<TestName> tests, List<String> awaited) {

  private static final String AWAITED = "awaited: ";

  /** A test as the list names it: {@code module Class#method}. */
  record TestName(String module, String type, String method) {

    static TestName parse(String text) {
      String[] parts = text.split("[ #]", -1);
      if (parts.length != 3) {
        throw new IllegalArgumentException("not 'module Class#method': " + text);
      }
      return new TestName(parts[0], parts[1], parts[2]);
    }

    @Override
    public String toString() {
      return "%s %s#%s".formatted(module, type, method);
    }
  }

  /**
   * Reads the list. A line in brackets begins a section, one at the margin is a promise, indented
   * ones below it are its tests; a hash begins a comment.
   */
  static List<Promise> read(Path file) throws IOException {
    List<Promise> promises = new ArrayList<>();
    String section = "";
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("[")) {
        section = line.substring(1, line.length() - 1);
      } else if (!line.startsWith(" ")) {
        promises.add(new Promise(section, line, new ArrayList<>(), new ArrayList<>()));
      } else if (line.strip().startsWith(AWAITED)) {
        promises.getLast().awaited.add(line.strip().substring(AWAITED.length()));
      } else {
        promises.getLast().tests.add(TestName.parse(line.strip()));
      }
    }
    return promises;
  }
}
