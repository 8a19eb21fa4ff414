package dev.tutti.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A real Mosquitto with a password file, nobody anonymous, on a free port. */
final class Mosquitto implements AutoCloseable {
  static final String USER = "dots";
  static final String PASSWORD = "dotspass";
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(10);

  private final Path folder;
  private final int port;
  private Optional<Process> process = Optional.empty();

  Mosquitto() {
    this(List.of("persistence false"));
  }

  /** One that keeps sessions and their messages, written at every change. */
  static Mosquitto remembering() {
    Path folder = newFolder();
    return new Mosquitto(
        folder,
        List.of(LOOPBACK),
        List.of(
            "persistence true",
            "persistence_location " + folder + "/",
            "autosave_on_changes true",
            "autosave_interval 1"));
  }

  /** One that containers of a network reach as well, whose gateway has this address. */
  static Mosquitto alsoAt(String gateway) {
    return new Mosquitto(newFolder(), List.of(LOOPBACK, gateway), List.of("persistence false"));
  }

  /** With further lines of configuration. */
  Mosquitto(List<String> furtherLines) {
    this(newFolder(), List.of(LOOPBACK), furtherLines);
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("mosquitto");
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private Mosquitto(Path folder, List<String> addresses, List<String> furtherLines) {
    this.folder = folder;
    try {
      port = freePort();
      Path passwords = folder.resolve("passwords");
      Files.createFile(passwords);
      run(program("mosquitto_passwd"), "-b", passwords.toString(), USER, PASSWORD);
      Files.write(
          folder.resolve("mosquitto.conf"),
          Stream.of(
                  addresses.stream().map(address -> "listener " + port + " " + address),
                  Stream.of(
                      "allow_anonymous false",
                      "password_file " + passwords,
                      // Started by root it would become somebody who may not read the passwords.
                      "user " + System.getProperty("user.name"),
                      // Its default of a thousand drops what a slow receiver has not fetched.
                      "max_queued_messages 0"),
                  furtherLines.stream())
              .flatMap(lines -> lines)
              .toList());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    start();
  }

  int port() {
    return port;
  }

  void start() {
    try {
      Path log = folder.resolve("log");
      Process started =
          new ProcessBuilder(
                  program("mosquitto"), "-c", folder.resolve("mosquitto.conf").toString())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process = Optional.of(started);
      long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
      while (!listens()) {
        if (!started.isAlive() || System.nanoTime() > deadline) {
          throw new AssertionError("Mosquitto did not start:\n" + Files.readString(log));
        }
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  void stop() {
    process.ifPresent(Mosquitto::end);
    process = Optional.empty();
  }

  /** Stops its process where it is, or lets it go on: {@code STOP} and {@code CONT}. */
  void signal(String name) throws IOException, InterruptedException {
    Signals.send(name, process.orElseThrow().pid());
  }

  /** Ends it as a power loss would: with what it has not written. */
  void kill() {
    process.ifPresent(running -> running.destroyForcibly().onExit().join());
    process = Optional.empty();
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException stuck) {
      throw new UncheckedIOException(stuck);
    }
  }

  private boolean listens() {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** On the path, or where Debian puts servers, which is not on everybody's path. */
  private static String program(String name) {
    return Stream.concat(
            Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":")),
            Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/opt/homebrew/sbin"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .orElseThrow(() ->
            new AssertionError(
                "These tests need Mosquitto and there is no '%s'. Install it: apt-get install mosquitto mosquitto-clients"
                    .formatted(name)));
  }

  private static void run(String... command) throws IOException {
    Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (run.onExit().join().exitValue() != 0) {
      throw new AssertionError(String.join(" ", command) + " failed: " + output);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
