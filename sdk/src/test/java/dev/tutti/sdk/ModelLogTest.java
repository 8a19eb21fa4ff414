package dev.tutti.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ModelLogTest {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final List<String> told = new ArrayList<>();

  @Test
  void debugLinesStayOnThisMachine() {
    write(Log.Level.DEBUG);

    assertThat(output.toString(StandardCharsets.UTF_8).lines()).hasSize(4);
    assertThat(told)
        .containsExactly(
            "2026-11-21T12:00:00Z INFO b",
            "2026-11-21T12:00:00Z WARNING c",
            "2026-11-21T12:00:00Z ERROR d");
  }

  @Test
  void linesBelowTheLevelAreNotWritten() {
    write(Log.Level.WARNING);

    assertThat(told)
        .containsExactly("2026-11-21T12:00:00Z WARNING c", "2026-11-21T12:00:00Z ERROR d");
  }

  private void write(Log.Level from) {
    ModelLog log =
        new ModelLog(
            from,
            new PrintStream(output, true, StandardCharsets.UTF_8),
            Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC));
    log.tell(told::add);
    log.debug("a");
    log.info("b");
    log.warning("c");
    log.error("d");
  }
}
