package dev.tutti.cli;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the commands after whose answer something goes on. */
final class WaitOption {
  /** What a server may need beyond the grace it gave. */
  private static final Duration MORE = Duration.ofSeconds(60);

  @Option(names = "--wait", description = "Return only once it has ended.")
  boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = GraceOption.Seconds.class,
      description =
          "With --wait: exit with 5 when it has not ended after this, such as 30s or 10m; it goes on."
              + " Default: for a stop a minute more than its grace, else as long as it takes.")
  @Nullable Duration timeout;

  /** How long to wait for the end of something that was told to stop. */
  Duration ofStop(@Nullable Duration grace) {
    return timeout != null ? timeout : Objects.requireNonNullElse(grace, Duration.ZERO).plus(MORE);
  }
}
