package dev.tutti.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@link ServerPart}, seen from outside. */
final class ServerPartProcess implements AutoCloseable {

  private static final long ENDS_WITHIN_SECONDS = 20;

  /** Bytes that are in use after a collection, and bytes that the process holds. */
  record Memory(long liveHeap, long resident) {}

  private final Process process;
  private final BufferedReader out;
  private final PrintStream in;
  private final int port;

  /**
   * Starts it with the flags of this process.
   *
   * @param broker its port, or 0 for the embedded one
   */
  ServerPartProcess(Path folder, int broker) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            ServerPart.class.getName(),
            folder.toString(),
            String.valueOf(broker)));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    out = process.inputReader(StandardCharsets.UTF_8);
    in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    port = Integer.parseInt(answer());
  }

  /** Of the broker that it uses. */
  int port() {
    return port;
  }

  void start(int models, int steps) throws IOException {
    in.println(ServerPart.START + " " + models + " " + steps);
    String _ = answer();
  }

  Memory memory() throws IOException {
    in.println(ServerPart.MEMORY);
    String[] bytes = answer().split(" ", -1);
    return new Memory(Long.parseLong(bytes[0]), Long.parseLong(bytes[1]));
  }

  private String answer() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the server part ended");
    }
    return line;
  }

  @Override
  public void close() {
    in.close();
    try {
      if (!process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
