package dev.tutti.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What became of the cases of the contract on one backplane, as its tests wrote it down the last
 * time they were run.
 *
 * @param missing what is declared missing, whether or not a case was left out for it
 */
record Conformance(
    String backplane, FileTime written, Map<String, Result> results, Set<Result> missing) {

  private static final String DECLARED = "-";
  private static final Pattern PART = Pattern.compile("[^.]+\\.[^.]+\\.tsv");

  /**
   * @param outcome {@code passed}, {@code missing} or {@code failed}
   * @param capability what is declared missing; empty otherwise
   */
  record Result(String outcome, String capability, String reason) {

    boolean passed() {
      return outcome.equals("passed");
    }

    boolean missing() {
      return outcome.equals("missing");
    }
  }

  /** Of each backplane there is, whichever module it is in. */
  static List<Conformance> all() {
    Map<String, Conformance> all = new TreeMap<>();
    Room.TABLE.stream()
        .map(room -> Path.of("..", room.folder(), "target", "conformance"))
        .filter(Files::isDirectory)
        .flatMap(Conformance::files)
        .map(Conformance::read)
        .forEach(part -> all.merge(part.backplane(), part, Conformance::and));
    return List.copyOf(all.values());
  }

  /** Each test of a part of the contract writes a file of its own. */
  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> PART.matcher(file.getFileName().toString()).matches())
          .toList()
          .stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Conformance read(Path file) {
    String name = file.getFileName().toString();
    Map<String, Result> results = new HashMap<>();
    Set<Result> missing = new LinkedHashSet<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String[] parts = line.split("\t", -1);
        if (parts.length != 5) {
          throw new IOException(
              "%s has a line that is none: %s".formatted(file, Arrays.toString(parts)));
        }
        Result result = new Result(parts[2], parts[3], parts[4]);
        if (parts[0].equals(DECLARED)) {
          missing.add(result);
        } else {
          results.put(parts[1], result);
        }
      }
      return new Conformance(
          name.substring(0, name.indexOf('.')), Files.getLastModifiedTime(file), results, missing);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Both parts of one backplane, as old as the older one. */
  private Conformance and(Conformance other) {
    Map<String, Result> all = new HashMap<>(results);
    all.putAll(other.results);
    Set<Result> allMissing = new LinkedHashSet<>(missing);
    allMissing.addAll(other.missing);
    FileTime older = written.compareTo(other.written) < 0 ? written : other.written;
    return new Conformance(backplane, older, all, allMissing);
  }

  Optional<Result> of(String testCase) {
    return Optional.ofNullable(results.get(testCase));
  }
}
