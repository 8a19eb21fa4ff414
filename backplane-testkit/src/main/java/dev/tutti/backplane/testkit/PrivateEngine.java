package dev.tutti.backplane.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real Docker Engine with a folder, a socket and networks of its own, so that tests can kill it
 * and never meet what else runs on the machine. One for all tests of a JVM; it ends with that.
 */
public final class PrivateEngine {

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);

  private final Path folder;
  private Optional<Process> process = Optional.empty();

  private PrivateEngine() {
    try {
      folder = Files.createTempDirectory(Path.of("/var/tmp"), "tutti-docker");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
  }

  /** Made when it is first asked for. */
  private static final class Shared {
    static final PrivateEngine ENGINE = new PrivateEngine().started();
  }

  /**
   * The engine of this JVM, which has the image {@link Busybox#IMAGE}.
   *
   * @throws AssertionError when the machine cannot have one, saying what it lacks
   */
  public static PrivateEngine shared() {
    return Shared.ENGINE;
  }

  /** As {@code DOCKER_HOST} names it. */
  public String host() {
    return "unix://" + folder.resolve("docker.sock");
  }

  private PrivateEngine started() {
    start();
    Busybox.load(this);
    return this;
  }

  /** Starts it, again after {@link #kill}; returns when it answers. */
  public void start() {
    Path log = folder.resolve("log");
    try {
      Process started =
          new ProcessBuilder(
                  program("dockerd"),
                  "--host=" + host(),
                  "--data-root=" + folder.resolve("data"),
                  "--exec-root=" + folder.resolve("exec"),
                  "--pidfile=" + folder.resolve("pid"),
                  "--live-restore=true",
                  "--default-address-pool=base=" + addresses() + ",size=24",
                  // Nothing of the machine's network is changed but for bridges of its own.
                  "--bridge=none",
                  "--iptables=false",
                  "--ip6tables=false",
                  "--ip-forward=false")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      process = Optional.of(started);
      long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
      while (run(false, "version").isEmpty()) {
        if (!started.isAlive() || System.nanoTime() > deadline) {
          throw new AssertionError(
              "dockerd did not start; these tests need root and Debian's docker.io:\n"
                  + Files.readString(log));
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Two engines that choose among the same at the same time may choose alike. */
  private static String addresses() {
    return "10.%d.0.0/16".formatted(100 + ProcessHandle.current().pid() % 100);
  }

  /** As in an accident; containers live on. */
  public void kill() {
    process.ifPresent(running -> {
      List<ProcessHandle> below = running.descendants().toList();
      running.destroyForcibly().onExit().join();
      // Its containerd dies with it, but not at once, and an engine that starts meanwhile counts
      // on that one.
      below.forEach(part -> part.onExit().join());
    });
    process = Optional.empty();
  }

  /** Gives a name to an image that runs this command in a {@link Busybox}. */
  public void image(String name, List<String> command) {
    try {
      Path build = Files.createTempDirectory(folder, "image");
      String arguments =
          command.stream()
              .map(part -> "\"" + part.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
              .collect(Collectors.joining(", ", "[", "]"));
      Files.writeString(
          build.resolve("Dockerfile"), "FROM " + Busybox.IMAGE + "\nCMD " + arguments + "\n");
      docker("build", "-q", "-t", name, build.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the client, and gives what it said. */
  public String docker(String... arguments) {
    return run(true, arguments).orElseThrow();
  }

  /** Like {@link #docker}, but for what may fail; empty when it did. */
  public Optional<String> tryDocker(String... arguments) {
    return run(false, arguments);
  }

  private Optional<String> run(boolean mustWork, String... arguments) {
    try {
      Process client =
          new ProcessBuilder(
                  Stream.concat(
                          Stream.of(program("docker"), "--host=" + host()), Stream.of(arguments))
                      .toList())
              .redirectErrorStream(true)
              .start();
      client.getOutputStream().close();
      String said = new String(client.getInputStream().readAllBytes(), UTF_8);
      boolean worked = client.onExit().join().exitValue() == 0;
      if (!worked && mustWork) {
        throw new AssertionError("docker %s: %s".formatted(List.of(arguments), said));
      }
      return worked ? Optional.of(said.strip()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end() {
    if (process.isEmpty()) {
      return;
    }
    lines("ps", "-aq").forEach(id -> run(false, "rm", "-f", id));
    lines("network", "ls", "-q", "--filter", "type=custom")
        .forEach(id -> run(false, "network", "rm", id));
    Process running = process.get();
    running.destroy();
    try {
      if (!running.waitFor(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
      // An engine that was killed leaves its folder mounted on itself.
      var _ =
          new ProcessBuilder("umount", "-q", folder.resolve("data").toString()).start().waitFor();
      var _ = new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
    } catch (InterruptedException | IOException e) {
      running.destroyForcibly();
    }
  }

  private List<String> lines(String... arguments) {
    return run(false, arguments).orElse("").lines().filter(line -> !line.isBlank()).toList();
  }

  private static String program(String name) {
    return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/sbin", "/bin")
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .orElseThrow(() ->
            new AssertionError(
                "These tests need '%s'. Install it: apt-get install docker.io".formatted(name)));
  }
}
