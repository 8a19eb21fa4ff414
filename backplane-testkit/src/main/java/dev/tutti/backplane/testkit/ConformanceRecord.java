package dev.tutti.backplane.testkit;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Writes down what became of each case, for the report. A line is theme, case, outcome, and when it
 * was left out the missing capability and the reason, separated by tabs. Then comes a line for each
 * capability that is declared missing, also when no case was left out for it: its theme is a dash.
 */
final class ConformanceRecord implements AfterEachCallback, AfterAllCallback, TestWatcher {

  private static final Path FOLDER = Path.of("target", "conformance");

  /** What became of a case, from the best to the worst: one bad run of several is enough. */
  private enum Outcome {
    PASSED,
    MISSING,
    FAILED
  }

  private record Result(Outcome outcome, String capability, String reason) {

    Result and(Result other) {
      return outcome.compareTo(other.outcome) >= 0 ? this : other;
    }

    String line(String place) {
      return String.join("\t", place, outcome.name().toLowerCase(Locale.ROOT), capability, reason);
    }
  }

  private final Map<String, Result> results = new TreeMap<>();
  private final Map<Capability, String> missing = new EnumMap<>(Capability.class);
  private @Nullable String backplane;

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getRequiredTestInstance() instanceof BackplaneContract contract) {
      backplane = contract.trial().backplane().name();
      missing.putAll(contract.trial().bench().missing());
    }
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    add(context, new Result(Outcome.PASSED, "", ""));
  }

  @Override
  public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
    add(
        context,
        cause instanceof MissingCapability missing
            ? new Result(Outcome.MISSING, missing.capability().phrase(), missing.reason())
            : new Result(Outcome.FAILED, "", ""));
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    add(context, new Result(Outcome.FAILED, "", ""));
  }

  private void add(ExtensionContext context, Result result) {
    Method method = context.getRequiredTestMethod();
    String type = method.getDeclaringClass().getSimpleName();
    if (Theme.class.isAssignableFrom(method.getDeclaringClass()) && type.endsWith("Theme")) {
      String theme = type.substring(0, type.length() - "Theme".length());
      results.merge(theme + "\t" + method.getName(), result, Result::and);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (backplane != null) {
      String part = context.getRequiredTestClass().getSimpleName();
      Path file = FOLDER.resolve("%s.%s.tsv".formatted(backplane, part));
      SortedMap<String, String> lines = earlierInThisJvm(file);
      results.forEach((place, result) -> lines.put(place, result.line(place)));
      missing.forEach(
          (capability, reason) -> lines.put("~" + capability, declared(capability, reason)));
      Files.createDirectories(FOLDER);
      Files.write(file, lines.values());
    }
  }

  /** A run that repeats what failed does not forget what passed. */
  private static SortedMap<String, String> earlierInThisJvm(Path file) throws IOException {
    SortedMap<String, String> lines = new TreeMap<>();
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    if (Files.exists(file) && Files.getLastModifiedTime(file).toMillis() >= started) {
      for (String line : Files.readAllLines(file)) {
        String[] columns = line.split("\t", 3);
        if (!columns[0].equals("-")) {
          lines.put(columns[0] + "\t" + columns[1], line);
        }
      }
    }
    return lines;
  }

  private static String declared(Capability capability, String reason) {
    return new Result(Outcome.MISSING, capability.phrase(), reason).line("-\t" + capability);
  }
}
