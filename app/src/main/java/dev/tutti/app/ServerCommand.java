package dev.tutti.app;

import dev.tutti.core.Failure;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tutti server}: runs the orchestrator until it is told to stop; workloads go on. */
@Command(
    name = "server",
    description = {
      "Runs the orchestrator. Settings come from the environment and from a .env file in this folder",
      "(the environment wins); .env.template lists them. SIGTERM and Ctrl-C stop the server and leave",
      "workloads running: the next start adopts them."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti server                                        everything embedded",
      "  MQTT_HOST=broker MQTT_USERNAME=dots MQTT_PASSWORD=… tutti server",
      "  tutti server --data ./data --port 0                 a free port"
    })
final class ServerCommand implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder for everything durable. Default: $XDG_STATE_HOME/tutti.")
  private @Nullable Path data;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of the API; 0 for a free one. Default: 7070.")
  private @Nullable Integer port;

  @Option(
      names = "--simulator-name",
      paramLabel = "NAME",
      description =
          "Names that are served, separated by commas. Default: $$SIMULATOR_NAME, dots-so.")
  private @Nullable String simulatorName;

  @Option(
      names = "--insecure-http",
      description =
          "Let the API speak HTTP beyond this machine, where tokens can be read on the way.")
  private boolean insecureHttp;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Override
  public Integer call() throws InterruptedException {
    try {
      Configuration configuration = configuration();
      Logging.level(configuration.logLevel());
      long started = System.nanoTime();
      App app = App.start(configuration);
      Examples.offer(app.images());
      CountDownLatch stop = new CountDownLatch(1);
      CountDownLatch stopped = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> end(stop, stopped)));
      // Asked for here, not in a constant: every command makes this object, few need the logging.
      Logger log = LoggerFactory.getLogger("dev.tutti");
      sayWhere(log, configuration, app, started);
      stop.await();
      log.info("Stopping; workloads go on.");
      app.close();
      stopped.countDown();
      return 0;
    } catch (Failure failure) {
      System.err.println("tutti: " + failure.problem().sentence());
      return 1;
    }
  }

  private Configuration configuration() {
    Environment environment = Environment.ofProcess();
    if (insecureHttp) {
      environment = environment.with("TUTTI_INSECURE_HTTP", "true");
    }
    Configuration configuration =
        Configuration.read(
            simulatorName == null
                ? environment
                : environment.with("SIMULATOR_NAME", simulatorName));
    if (data != null) {
      configuration = configuration.withData(data.toAbsolutePath());
    }
    return port == null ? configuration : configuration.withApiPort(port);
  }

  private static void sayWhere(Logger log, Configuration configuration, App app, long started) {
    log.info("API     {}/api/v1 (token in {}/token)", app.uri(), configuration.data());
    log.info("Broker  {}", app.broker());
    log.info(
        "Serving {} with at most {} workloads; data in {}",
        configuration.simulatorNames(),
        configuration.workloadsLimit(),
        configuration.data());
    log.info("Ready after {} ms", (System.nanoTime() - started) / 1_000_000);
  }

  /** The process ends when its hooks have; so this one waits until everything is closed. */
  private static void end(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }
}
