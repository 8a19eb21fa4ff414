package dev.tutti.benchmarks;

import dev.tutti.backplane.process.ProcessBackplane;
import dev.tutti.backplane.process.ProcessSettings;
import dev.tutti.core.backplane.Image;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Processes on the process backplane that sleep until they are killed. */
final class Sleepers {

  private static final long LATEST_MILLIS = 20_000;
  private static final String PID_FILE = "SLEEPER_PID_FILE";
  private static final Image SLEEPER =
      new Image(
          "sleeper",
          List.of("/bin/sh", "-c", "echo $$ > \"$" + PID_FILE + "\"; exec sleep 600"),
          "",
          Map.of());

  private Sleepers() {}

  static WorkloadId id(int number) {
    return new WorkloadId("sleeper-" + number);
  }

  static ProcessBackplane open(Path folder) {
    return new ProcessBackplane(
        folder.resolve("workloads"), _ -> Optional.of(SLEEPER), ProcessSettings.defaults());
  }

  static void start(ProcessBackplane backplane, Path folder, int count)
      throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      Map<String, String> environment = Map.of(PID_FILE, pidFile(folder, i).toString());
      backplane.start(new WorkloadSpec(id(i), SLEEPER.reference(), environment, Map.of()));
    }
    for (int i = 0; i < count; i++) {
      ProcessHandle ignored = process(folder, i);
    }
  }

  /** The process itself, not what watches it; waits until it runs. */
  static ProcessHandle process(Path folder, int number) throws IOException, InterruptedException {
    Path file = pidFile(folder, number);
    Stopwatch watch = new Stopwatch();
    while (!Files.exists(file) || !Files.readString(file).endsWith("\n")) {
      if (watch.millis() > LATEST_MILLIS) {
        throw new IllegalStateException("sleeper %d does not run".formatted(number));
      }
      Thread.sleep(2);
    }
    return ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).orElseThrow();
  }

  private static Path pidFile(Path folder, int number) {
    return folder.resolve("pid-" + number);
  }

  /**
   * Starts processes and ends itself, so that another one can adopt them.
   *
   * @param arguments the folder, and how many
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    try (ProcessBackplane backplane = open(folder)) {
      start(backplane, folder, Integer.parseInt(arguments[1]));
    }
    System.exit(0);
  }
}
