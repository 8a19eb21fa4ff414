package dev.tutti.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An hour of random deployments, kills and outages, over Mosquitto and over the embedded broker
 * side by side: every deployment ends as promised, and nothing grows. {@code -Dtutti.soak=PT3M}
 * makes it shorter, {@code -Dtutti.soak.seed=} repeats one. Figures are in {@code target/soak}.
 */
@Tag("long")
class SoakIT {

  private static final Duration LASTS = Duration.parse(System.getProperty("tutti.soak", "PT1H"));
  private static final long SEED = Long.getLong("tutti.soak.seed", System.nanoTime());

  @Test
  void hourOfKillsAndOutagesLosesNothingAndLeavesNothing() throws Exception {
    Path reports = Path.of("target", "soak");
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      CompletionService<Boolean> both = new ExecutorCompletionService<>(threads);
      both.submit(() -> play(true, reports.resolve("mosquitto.txt")));
      both.submit(() -> play(false, reports.resolve("embedded.txt")));
      try {
        both.take().get();
        both.take().get();
      } catch (ExecutionException failed) {
        // The other one need not go on for the rest of its hour.
        threads.shutdownNow();
        throw failed;
      }
    }
  }

  private static boolean play(boolean mosquitto, Path report) throws Exception {
    try (SoakReport figures = new SoakReport(report, LASTS, SEED);
        Soak soak = new Soak(mosquitto, LASTS, SEED, figures)) {
      soak.play();
    } catch (AssertionError | Exception failure) {
      throw new AssertionError("soak with seed " + SEED + ", see " + report, failure);
    }
    return true;
  }
}
