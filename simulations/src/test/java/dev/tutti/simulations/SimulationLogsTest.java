package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What models log is kept, and not more than so much of it. */
final class SimulationLogsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;

  @Test
  void linesComeBackAsTheyWentWithTheirLevel() {
    SimulationLogs logs = new SimulationLogs(folder, 1 << 20);
    logs.append("s", "m-1", "2026 [WARNING] two\nlines\tand a tab \\ ü\n", NOW);
    logs.append("s", "m-2", "nothing special", NOW.plusMillis(5));
    assertThat(logs.read("s"))
        .containsExactly(
            new SimulationLogs.Line(
                NOW, "m-1", "WARNING", "2026 [WARNING] two\nlines\tand a tab \\ ü"),
            new SimulationLogs.Line(NOW.plusMillis(5), "m-2", "INFO", "nothing special"));
    assertThat(logs.read("other")).isEmpty();
    logs.delete("s");
    assertThat(logs.read("s")).isEmpty();
  }

  @Test
  void logIsBoundedAndKeepsItsEnd() throws IOException {
    SimulationLogs logs = new SimulationLogs(folder, 20_000);
    for (int i = 0; i < 2_000; i++) {
      logs.append("s", "m", "line " + i, NOW);
    }
    assertThat(logs.read("s").getLast().text()).isEqualTo("line 1999");
    assertThat(logs.read("s").size()).isGreaterThan(200);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.mapToLong(f -> f.toFile().length()).sum()).isLessThan(21_000);
    }
  }

  @Test
  void idThatIsNoFileNameStaysInTheFolder() throws IOException {
    SimulationLogs logs = new SimulationLogs(folder.resolve("logs"), 20_000);
    logs.append("../../escape", "m", "text", NOW);
    assertThat(logs.read("../../escape")).hasSize(1);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("logs"));
    }
  }
}
