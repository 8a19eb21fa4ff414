package dev.tutti.app;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * A Tutti of a demo's own, in a temporary folder. When it is closed, also by Ctrl-C, all that it
 * started is stopped, and nothing of it is left.
 */
final class DemoServer implements AutoCloseable {

  private final Path folder;
  private final App app;
  private final ExampleImages examples;
  private boolean closed;

  private DemoServer(Path folder, App app) {
    this.folder = folder;
    this.app = app;
    this.examples = app.backplaneParts().examples(app.images());
  }

  /** Starts it in a folder, which is deleted with it, or at once when it does not start. */
  static DemoServer in(Path folder, Function<Path, Configuration> configuration)
      throws IOException {
    try {
      return new DemoServer(folder, App.start(configuration.apply(folder)));
    } catch (RuntimeException | Error refused) {
      Folders.delete(folder);
      throw refused;
    }
  }

  /**
   * Starts it for a command that the calling thread runs: Ctrl-C interrupts that, and the process
   * ends when everything is cleared away.
   *
   * @throws Failure when it does not start, or when no model would reach its broker
   */
  static DemoServer start(BackplaneOption backplane, Configuration.Broker broker)
      throws IOException {
    Path folder = Files.createTempDirectory("tutti-demo-");
    Logging.toFile(folder.resolve("tutti.log"));
    DemoServer server = in(folder, there -> backplane.ofDemo(there, broker));
    Thread main = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(() -> server.interrupted(main)));
    Optional<String> hidden = server.app.backplaneParts().hidden(server.app.broker());
    if (hidden.isPresent()) {
      server.close();
      throw new Failure.Rejected(Problem.of("broker-out-of-reach", 409, hidden.get()));
    }
    return server;
  }

  private void interrupted(Thread main) {
    main.interrupt();
    try {
      close();
    } catch (IOException left) {
      System.err.println("tutti: could not delete " + folder + ": " + left.getMessage());
    }
  }

  App app() {
    return app;
  }

  ExampleImages examples() {
    return examples;
  }

  URI uri() {
    return app.uri();
  }

  Path data() {
    return folder.resolve("data");
  }

  /** For the first line of a demo. */
  String sentence() {
    return "Tutti runs at " + uri() + " with the broker " + app.broker() + ".";
  }

  /** One at a time: whoever is interrupted clears away beside the one who interrupts. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      app.down();
      try {
        app.backplaneParts().clear();
        examples.clear();
      } finally {
        app.close();
      }
    } finally {
      Folders.delete(folder);
    }
  }
}
