package dev.tutti.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * A process of its own with the simulation orchestrator, and with the embedded broker if no other
 * one is named: what is measured of its memory is the server's, not the models'. It does what lines
 * of its standard input ask for, and ends with it.
 */
@SuppressWarnings("SystemOut")
final class ServerPart {

  /** Begins a simulation: {@code start MODELS STEPS}. */
  static final String START = "start";

  /** Tells live heap and resident memory, in bytes. */
  static final String MEMORY = "memory";

  private ServerPart() {}

  /** Runs with a folder, and the port of a broker or 0. */
  public static void main(String[] arguments) throws Exception {
    for (String logger : List.of(org.slf4j.Logger.ROOT_LOGGER_NAME, "dev.tutti")) {
      ((Logger) LoggerFactory.getLogger(logger)).setLevel(Level.ERROR);
    }
    Path folder = Path.of(arguments[0]);
    int named = Integer.parseInt(arguments[1]);
    Optional<MeasuredBroker> broker =
        named == 0
            ? Optional.of(MeasuredBroker.Embedded.start(folder.resolve("broker")))
            : Optional.empty();
    int port = broker.map(MeasuredBroker::port).orElse(named);
    try (SimulationRig rig = new SimulationRig(folder.resolve("data"), port)) {
      System.out.println(port);
      follow(rig);
    } finally {
      broker.ifPresent(MeasuredBroker::close);
    }
  }

  private static void follow(SimulationRig rig) throws IOException, InterruptedException {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ", -1);
        if (words[0].equals(START)) {
          var simulation = rig.start(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
          System.out.println(simulation.id());
        } else {
          System.out.println(liveHeap() + " " + resident());
        }
      }
    }
  }

  private static long liveHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElse(0L);
  }
}
