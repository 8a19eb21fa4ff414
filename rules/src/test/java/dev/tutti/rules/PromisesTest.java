package dev.tutti.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every promise has tests, they exist, and when all tests are run they have been among them. {@code
 * docs/promises.md} is made from the list {@code promises.txt}: {@code ./tutti test rules
 * -Dpromises.write=true}. All code is read once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PromisesTest {

  private static final Path LIST = Path.of("src/test/resources/dev/tutti/rules/promises.txt");
  private static final Path DOCUMENT = Path.of("..", "docs", "promises.md");

  private final List<Promise> promises = read();
  private final TestCode tests = new TestCode();

  private static List<Promise> read() {
    try {
      return Promise.read(LIST);
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private Stream<Promise.TestName> named() {
    return promises.stream().flatMap(promise -> promise.tests().stream());
  }

  @Test
  void everyPromiseHasATestOrSaysWhatIsAwaited() {
    assertThat(promises).isNotEmpty();
    assertThat(promises)
        .filteredOn(promise -> promise.tests().isEmpty() && promise.awaited().isEmpty())
        .isEmpty();
  }

  @Test
  void everyTestThatIsNamedExists() {
    assertThat(named()).filteredOn(test -> tests.methodOf(test).isEmpty()).isEmpty();
  }

  @Test
  void everyFailureOfTheOriginalIsAPromise() {
    assertThat(named().filter(test -> test.type().equals("OriginalFailuresTest")))
        .extracting(Promise.TestName::method)
        .containsAll(tests.testsOf("models", "OriginalFailuresTest"));
  }

  @Test
  void documentIsMadeFromTheList() throws IOException {
    String made = document();
    if (Boolean.getBoolean("promises.write")) {
      Files.writeString(DOCUMENT, made);
    }
    assertThat(Files.readString(DOCUMENT))
        .as("make it again: ./tutti test rules -Dpromises.write=true")
        .isEqualTo(made);
  }

  /** The launcher asks for it when it runs all tests; the long ones are run on demand. */
  @Test
  void everyPromiseWasTestedInThisRun() {
    List<String> doubts = new ArrayList<>();
    if (Boolean.getBoolean("promises.proof")) {
      named()
          .filter(test -> !tests.isLong(test) && !test.module().equals("rules"))
          .forEach(test -> {
            Optional<String> doubt = tests.doubtAbout(test);
            doubt.ifPresent(why -> doubts.add(test + ": " + why));
          });
    }
    assertThat(doubts).isEmpty();
  }

  private String document() {
    StringBuilder text =
        new StringBuilder(
            """
            # Promises and their tests

            What Tutti promises, and which tests would fail if it did not keep it. This page is made by the tests, from \
            [the list](../rules/src/test/resources/dev/tutti/rules/promises.txt): `./tutti test rules -Dpromises.write=true`. \
            They fail when it is not what they would make, when a test does not exist and, as `./tutti test`, when one was not run or did not pass.
            """);
    String section = "";
    for (Promise promise : promises) {
      if (!promise.section().equals(section)) {
        section = promise.section();
        text.append("\n## ").append(section).append("\n\n| promise | kept by |\n|---|---|\n");
      }
      text.append("| ").append(promise.text()).append(" | ");
      List<String> kept = new ArrayList<>();
      promise.tests().forEach(test -> kept.add(shown(test)));
      promise.awaited().forEach(what -> kept.add("**no test yet**: " + what));
      text.append(String.join("<br>", kept)).append(" |\n");
    }
    return text.toString();
  }

  private String shown(Promise.TestName test) {
    return "[%s](%s) `%s`%s"
        .formatted(
            test.type(),
            tests.sourceOf(test),
            test.method(),
            tests.isLong(test) ? " (with `--long`)" : "");
  }
}
