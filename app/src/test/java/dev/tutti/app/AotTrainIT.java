package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher expects of the command with which it trains its start-up caches. */
class AotTrainIT {

  private static final Path PROGRAM = Path.of("target", "dist", "lib", "tutti.jar");
  private static final long SECONDS = 120;

  @TempDir private Path folder;

  @Test
  void helpHasTheLineThatTheLauncherLooksFor() throws Exception {
    assertThat(run(List.of(), "aot-train", "--help")).containsPattern("(?m)^Usage:.*aot-train");
    assertThat(run(List.of(), "aot-train", "--cli", "--help"))
        .containsPattern("(?m)^Usage:.*aot-train");
  }

  @Test
  void isNotAmongTheCommandsThatPeopleSee() throws Exception {
    assertThat(run(List.of(), "--help")).contains("server").doesNotContain("aot-train");
  }

  @Test
  void rehearsesAServerAndEnds() throws Exception {
    assertThat(run(List.of(), "aot-train"))
        .contains("All models for simulation sim02-abc have terminated");
  }

  @Test
  void rehearsesCommandsIntoACacheThatHoldsOurClassesAndPicocli() throws Exception {
    Path cache = folder.resolve("cache");
    run(List.of("-XX:AOTCacheOutput=" + cache), "aot-train", "--cli");

    assertThat(run(List.of("-XX:AOTCache=" + cache, "-Xlog:class+load"), "version"))
        .containsPattern("dev.tutti.app.Main source: shared objects file")
        .containsPattern("picocli.CommandLine source: shared objects file");
  }

  /** Runs the program as it ships, which has to succeed; gives what it wrote. */
  private String run(List<String> flags, String... arguments)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(flags);
    command.addAll(List.of("-jar", PROGRAM.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String written = Files.readString(output);
    assertThat(ended).as(written).isTrue();
    assertThat(process.exitValue()).as(written).isZero();
    return written;
  }
}
