package dev.tutti.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit that ships. */
class SystemdUnitTest {

  private static final Path UNIT = Path.of("..", "deploy", "systemd", "tutti.service");
  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

  @TempDir Path folder;

  @Test
  void restartLeavesModelsRunningAndTheLimitsAreSet() throws IOException {
    assertThat(settings())
        .contains(
            entry("KillMode", "process"),
            entry("KillSignal", "SIGTERM"),
            entry("Restart", "on-failure"),
            entry("LimitNOFILE", "65536"),
            entry("TasksMax", "65536"),
            entry("OOMPolicy", "continue"),
            entry("StateDirectory", "tutti"),
            entry("StateDirectoryMode", "0700"),
            entry("UMask", "0077"),
            entry("NoNewPrivileges", "yes"),
            // What would be another one for the next start than for models that run.
            entry("PrivateTmp", "no"))
        .doesNotContainKeys("PrivatePIDs", "DynamicUser", "ExecStopPost", "OOMScoreAdjust");
  }

  @Test
  void serverGetsTheFlagsOfTheLauncher() throws IOException {
    String launcher = Files.readString(Path.of("..", "tutti"));
    String command = settings().getOrDefault("ExecStart", "");
    assertThat(command).endsWith("-jar /opt/tutti/lib/tutti.jar server");
    List<String> flags =
        List.of(
            command.substring(command.indexOf(' '), command.indexOf(" -jar")).strip().split(" "));
    assertThat(flags).isNotEmpty().allSatisfy(flag -> assertThat(launcher).contains(flag));
  }

  /** Where systemd is installed it has the last word; the paths and the user are those of here. */
  @Test
  void systemdFindsNothingToComplainAbout() throws Exception {
    String unit =
        Files.readString(UNIT)
            .replace("/opt/tutti/jdk/bin/java", System.getProperty("java.home") + "/bin/java")
            .replaceAll("(User|Group)=tutti", "$1=root");
    Path here = Files.writeString(folder.resolve("tutti.service"), unit);
    assertThat(unit.lines().filter(line -> line.startsWith("["))).hasSize(3);
    if (!Files.isExecutable(ANALYZE)) {
      return;
    }
    Process verify =
        new ProcessBuilder(ANALYZE.toString(), "verify", "--man=no", here.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(verify.getInputStream().readAllBytes(), UTF_8);
    verify.waitFor();
    assertThat(said.lines().filter(line -> line.contains("tutti.service"))).isEmpty();
  }

  private static Map<String, String> settings() throws IOException {
    Map<String, String> settings = new TreeMap<>();
    for (String line : Files.readAllLines(UNIT)) {
      int equals = line.indexOf('=');
      if (!line.startsWith("#") && equals > 0) {
        settings.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return settings;
  }
}
