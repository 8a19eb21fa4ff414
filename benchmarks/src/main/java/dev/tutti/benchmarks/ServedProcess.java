package dev.tutti.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The server as it is shipped, in a process of its own. */
final class ServedProcess implements AutoCloseable {

  private static final int LATEST_MILLIS = 60_000;
  private static final int PROBE_MILLIS = 20;

  private final Process process;
  private final Path folder;
  private final int http;
  private final int mqtt;

  private ServedProcess(Process process, Path folder, int http, int mqtt) {
    this.process = process;
    this.folder = folder;
    this.http = http;
    this.mqtt = mqtt;
  }

  /** Waits until it is ready. */
  static ServedProcess ready(Session session) throws IOException, InterruptedException {
    Path folder = session.folder("server");
    int http = freePort();
    int mqtt = freePort();
    Process process = start(session.root(), folder, List.of(), http, mqtt);
    ServedProcess served = new ServedProcess(process, folder, http, mqtt);
    Stopwatch watch = new Stopwatch();
    while (!served.answers()) {
      if (!process.isAlive() || watch.millis() > LATEST_MILLIS) {
        served.close();
        throw new IllegalStateException("the server did not start");
      }
      Thread.sleep(PROBE_MILLIS);
    }
    return served;
  }

  private boolean answers() {
    try {
      return isReady(http);
    } catch (IOException notYet) {
      return false;
    }
  }

  int http() {
    return http;
  }

  int mqtt() {
    return mqtt;
  }

  String token() throws IOException {
    return Files.readString(folder.resolve("data").resolve("token")).strip();
  }

  /** With the flags that {@code ./tutti} gave us, which are those that it gives the server. */
  static Process start(Path root, Path folder, List<String> flags, int http, int mqtt)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // The jar's manifest allows native access.
      if (!flag.startsWith("--enable-native-access")
          && !flag.startsWith("-XX:StartFlightRecording")) {
        command.add(flag);
      }
    }
    command.addAll(flags);
    command.add("-jar");
    command.add(root.resolve("app/target/dist/lib/tutti.jar").toString());
    command.addAll(List.of("server", "--data", folder.resolve("data").toString()));
    command.addAll(List.of("--port", Integer.toString(http)));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove("MQTT_HOST");
    builder.environment().put("MQTT_PORT", Integer.toString(mqtt));
    builder.environment().put("MQTT_USERNAME", MeasuredBroker.USER);
    builder.environment().put("MQTT_PASSWORD", MeasuredBroker.PASSWORD);
    return builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
  }

  static boolean isReady(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(LATEST_MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /readyz HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n"
              .formatted(port)
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readNBytes(12), StandardCharsets.US_ASCII).endsWith(" 200");
    }
  }

  static void end(Process server) throws InterruptedException {
    server.destroy();
    if (!server.waitFor(20, TimeUnit.SECONDS)) {
      server.destroyForcibly();
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      end(process);
    } catch (InterruptedException end) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    endWorkloads();
    Session.delete(folder);
  }

  /** What it ran outlives it, and runs in its folder. */
  private void endWorkloads() {
    ProcessHandle.allProcesses()
        .filter(process -> isIn(folder, process))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static boolean isIn(Path folder, ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
          .startsWith(folder);
    } catch (IOException | SecurityException gone) {
      return false;
    }
  }
}
