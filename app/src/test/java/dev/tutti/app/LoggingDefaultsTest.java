package dev.tutti.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;

/** What models say is quoted in the log. */
class LoggingDefaultsTest {

  @Test
  void whatSteersATerminalDoesNotReachTheLog() {
    LoggerContext context = new LoggerContext();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(LoggingDefaults.MESSAGE);
    encoder.start();
    LoggingEvent event =
        new LoggingEvent(
            "test",
            context.getLogger("test"),
            Level.INFO,
            "one\n\u001b[2Jtwo\tthree\u0000\uffff\u009b é \ud83c\udf1e",
            null,
            null);
    assertThat(new String(encoder.encode(event), UTF_8))
        .isEqualTo("one\n?[2Jtwo\tthree??? é \ud83c\udf1e" + System.lineSeparator());
  }
}
