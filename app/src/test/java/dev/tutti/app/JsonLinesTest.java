package dev.tutti.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JsonLinesTest {

  private static final String GOLDEN =
      "{\"time\":\"2026-11-21T12:00:00.5Z\",\"message\":\"model \\u001B[2J said \\\"no\\\"\\nand ended\",\"logger\":\"dev.tutti.Some\",\"thread\":\"main\",\"level\":\"WARN\"}";

  private static String line(@Nullable Throwable failure) {
    LoggerContext context = new LoggerContext();
    LoggingEvent event =
        new LoggingEvent(
            "test",
            context.getLogger("dev.tutti.Some"),
            Level.WARN,
            "model {} said \"no\"\nand ended",
            failure,
            new Object[] {"\u001b[2J"});
    event.setInstant(Instant.parse("2026-11-21T12:00:00.500Z"));
    event.setThreadName("main");
    return new String(JsonLines.encoder(context).encode(event), UTF_8);
  }

  @Test
  void eventIsOneLineWithThePromisedMembers() throws IOException {
    assertThat(line(null)).isEqualTo(GOLDEN + System.lineSeparator());
    assertThat(Files.readString(Path.of("..", "docs", "operations.md"))).contains(GOLDEN);
  }

  @Test
  void failureIsAMemberAndNoFurtherLines() {
    String line = line(new IllegalStateException("broken"));
    assertThat(line.strip().lines()).hasSize(1);
    JsonNode json = TestServer.JSON.readTree(line);
    assertThat(json.get("error").asString())
        .startsWith("java.lang.IllegalStateException: broken\n\tat ");
  }
}
