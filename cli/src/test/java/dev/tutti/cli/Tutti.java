package dev.tutti.cli;

import dev.tutti.api.EventFollower.Patience;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command as a test runs it: at noon, without waiting, its output kept. */
final class Tutti {
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final Map<String, String> environment = new HashMap<>();
  private Path home = Path.of("nobody");
  private Screen screen = Screen.NONE;
  private String typed = "";

  static Tutti of(FakeServer server) {
    return new Tutti().with("TUTTI_SERVER", server.address()).with("TUTTI_TOKEN", "secret");
  }

  Tutti with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Tutti without(String variable) {
    environment.remove(variable);
    return this;
  }

  Tutti home(Path folder) {
    home = folder;
    return this;
  }

  /** What a person answers. */
  Tutti typing(String text) {
    typed = text;
    return this;
  }

  Tutti terminal(int width) {
    screen =
        new Screen() {
          @Override
          public boolean terminal() {
            return true;
          }

          @Override
          public int width() {
            return width;
          }

          @Override
          public int height() {
            return 10;
          }
        };
    return this;
  }

  Outcome run(String... arguments) {
    return run(List.of(), arguments);
  }

  Outcome run(List<Word> ofOthers, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            screen,
            Map.copyOf(environment),
            home,
            Clock.fixed(NOON, ZoneOffset.UTC),
            new Patience(
                Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(9), _ -> {}),
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
    int status = TuttiCommand.tutti(surroundings, ofOthers).execute(arguments);
    return new Outcome(
        status,
        out.toByteArray(),
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8));
  }

  /** What came of it. */
  @SuppressWarnings("ArrayRecordComponent")
  record Outcome(int status, byte[] bytes, String out, String err) {}
}
