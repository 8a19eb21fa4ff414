package dev.tutti.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A real Mosquitto that keeps sessions over a restart. */
final class Mosquitto implements AutoCloseable {

  private static final int CONNECT_MILLIS = 200;
  private static final long ENDS_WITHIN_SECONDS = 10;
  private static final long STARTS_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Path folder;
  private final String program;
  private final int port;
  private Optional<Process> process = Optional.empty();

  /** Where it is installed; empty when it is not. */
  static Optional<String> program() {
    return Stream.of("/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto")
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst();
  }

  Mosquitto(String program, Path folder) throws IOException {
    this.program = program;
    this.folder = folder;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Files.write(
        folder.resolve("mosquitto.conf"),
        List.of(
            "listener " + port + " 127.0.0.1",
            "allow_anonymous true",
            "persistence true",
            "persistence_location " + folder + "/",
            "user " + System.getProperty("user.name"),
            "max_queued_messages 0"));
  }

  int port() {
    return port;
  }

  /** Returns when it accepts connections. */
  void start() throws IOException {
    Process started =
        new ProcessBuilder(program, "-c", folder.resolve("mosquitto.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    process = Optional.of(started);
    long deadline = System.nanoTime() + STARTS_WITHIN_NANOS;
    while (!accepts()) {
      if (!started.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Mosquitto did not start: " + Files.readString(folder.resolve("log")));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Ends it in good order, so that it keeps the sessions, and waits for that. */
  void stop() {
    process.ifPresent(running -> {
      running.destroy();
      running.onExit().orTimeout(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS).join();
    });
    process = Optional.empty();
  }

  @Override
  public void close() {
    process.ifPresent(Process::destroyForcibly);
  }
}
