package dev.tutti.benchmarks;

import dev.tutti.broker.BrokerAccount;
import dev.tutti.broker.BrokerSettings;
import dev.tutti.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A broker to measure on, on a free port of this machine. */
sealed interface MeasuredBroker extends AutoCloseable {

  String USER = "bench";
  String PASSWORD = "bench-password";

  int port();

  @Override
  void close();

  /** Ours. */
  record Embedded(EmbeddedBroker broker) implements MeasuredBroker {

    static Embedded start(Path folder) {
      return new Embedded(
          EmbeddedBroker.start(
              BrokerSettings.of(new BrokerAccount(USER, PASSWORD), folder)
                  .listeningOn(List.of("127.0.0.1"), 0)));
    }

    @Override
    public int port() {
      return broker.port();
    }

    @Override
    public void close() {
      broker.close();
    }
  }

  /** Mosquitto with its defaults, except that nothing is dropped. */
  record Mosquitto(Process process, int port) implements MeasuredBroker {

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(10);

    /** Empty when this machine has none. */
    static Optional<Mosquitto> start(Path folder) throws IOException, InterruptedException {
      Optional<Path> program =
          Stream.of("/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto")
              .map(Path::of)
              .filter(Files::isExecutable)
              .findFirst();
      if (program.isEmpty()) {
        return Optional.empty();
      }
      int port = freePort();
      Path configuration =
          Files.write(
              folder.resolve("mosquitto.conf"),
              List.of(
                  "listener " + port + " 127.0.0.1",
                  "allow_anonymous true",
                  "persistence false",
                  "max_queued_messages 0"));
      Process process =
          new ProcessBuilder(program.get().toString(), "-c", configuration.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("mosquitto.log").toFile())
              .start();
      long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
      while (!listens(port)) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          process.destroyForcibly();
          throw new IOException(Files.readString(folder.resolve("mosquitto.log")));
        }
        Thread.sleep(10);
      }
      return Optional.of(new Mosquitto(process, port));
    }

    private static boolean listens(int port) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return true;
      } catch (IOException notYet) {
        return false;
      }
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
