package dev.tutti.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/conformance.md} says what each backplane was seen to keep. Their tests write down
 * what became of each case; this joins that. To make the page: {@code ./tutti test
 * backplane-testkit backplane-process rules -Dconformance.write=true}, with every backplane there
 * is.
 */
final class ConformanceTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "conformance.md");
  private static final String HOW =
      "run the tests of all backplanes, then: ./tutti test rules -Dconformance.write=true";

  private final ConformanceSuite suite = ConformanceSuite.ofBackplanes();
  private final List<Conformance> backplanes = Conformance.all();

  private static boolean writing() {
    return Boolean.getBoolean("conformance.write");
  }

  /** Results are only complete when somebody ran everything, or says so. */
  private static boolean complete() {
    return writing() || Boolean.getBoolean("promises.proof");
  }

  @Test
  void everyCaseWasPlayedOnEveryBackplane() throws IOException {
    assumeThat(complete()).as("only when all tests are run").isTrue();
    FileTime compiled = ConformanceSuite.compiled();
    assertThat(backplanes)
        .extracting(Conformance::backplane)
        .contains("docker", "process", "simulated");
    assertThat(backplanes)
        .allSatisfy(backplane -> {
          assertThat(backplane.written()).as(backplane.backplane()).isGreaterThan(compiled);
          assertThat(backplane.results().keySet())
              .as(backplane.backplane())
              .containsExactlyInAnyOrderElementsOf(suite.cases());
        });
  }

  /** What is neither passed nor declared missing fails, whether or not it was run now. */
  @Test
  void noCaseFailsOnAnyBackplane() {
    List<String> failures = new ArrayList<>();
    for (Conformance backplane : backplanes) {
      backplane
          .results()
          .forEach((name, result) -> {
            if (!result.passed() && !result.missing()) {
              failures.add("%s: %s %s".formatted(backplane.backplane(), name, result.outcome()));
            }
          });
    }
    assertThat(failures).isEmpty();
  }

  /** A capability without a reason would be an excuse. */
  @Test
  void everyMissingCapabilityHasAReason() {
    assertThat(backplanes.stream().flatMap(each -> each.missing().stream()))
        .allSatisfy(result -> assertThat(result.reason()).isNotBlank());
  }

  @Test
  void pageNamesEveryCase() throws IOException {
    if (!writing()) {
      assertThat(Files.readAllLines(DOCUMENT).stream().filter(line -> line.startsWith("| ")))
          .as(HOW)
          .map(line -> line.split(" \\| ", 2)[0].substring(2))
          .containsAll(suite.cases().stream().map(ConformanceSuite::sentence).toList());
    }
  }

  @Test
  void pageIsMadeFromWhatWasRun() throws IOException {
    assumeThat(complete()).as("only when all tests are run").isTrue();
    String made = document();
    if (writing()) {
      Files.writeString(DOCUMENT, made);
    }
    assertThat(Files.readString(DOCUMENT)).as(HOW).isEqualTo(made);
  }

  private String document() {
    StringBuilder text =
        new StringBuilder(
            """
            # Conformance of backplanes

            What each backplane was seen to keep of [the contract](../backplane-testkit/src/main/java/dev/tutti/backplane/testkit/BackplaneContract.java). \
            This page is made by the tests: each backplane plays every case and writes down what became of it. \
            `./tutti test` fails when a case neither passed nor is declared missing, and when the page is not what was run. \
            To make it again: run the tests of all backplanes, then `./tutti test rules -Dconformance.write=true`.

            *simulated* is the backplane in memory that the tests of the core use; it passes so that what they find counts.
            """);
    for (ConformanceSuite.Theme theme : suite.themes()) {
      text.append("\n## ").append(theme.name()).append("\n\n");
      row(text, "case", backplanes.stream().map(Conformance::backplane));
      row(text, "---", backplanes.stream().map(_ -> "---"));
      for (String name : theme.cases()) {
        row(text, ConformanceSuite.sentence(name), backplanes.stream().map(b -> cell(b, name)));
      }
    }
    text.append("\n## Declared missing\n\n| backplane | capability | why |\n|---|---|---|\n");
    text.append(
        backplanes.stream().flatMap(ConformanceTest::missing).collect(Collectors.joining()));
    return text.toString();
  }

  private static void row(StringBuilder text, String first, Stream<String> others) {
    text.append("| ").append(first).append(" | ");
    text.append(others.collect(Collectors.joining(" | "))).append(" |\n");
  }

  private static String cell(Conformance backplane, String name) {
    Conformance.Result result = backplane.of(name).orElseThrow();
    return result.missing() ? "missing: " + result.capability() : result.outcome();
  }

  private static Stream<String> missing(Conformance backplane) {
    return backplane.missing().stream()
        .map(result ->
            "| %s | %s | %s |\n"
                .formatted(backplane.backplane(), result.capability(), result.reason()))
        .sorted();
  }
}
