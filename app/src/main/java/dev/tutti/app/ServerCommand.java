package dev.tutti.app;

import dev.tutti.cli.HelpOption;
import dev.tutti.core.Failure;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tutti server}: runs the orchestrator until it is told to stop; workloads go on. */
@Command(
    name = "server",
    description = {
      "Runs the orchestrator. Settings come from flags, the environment, a .env file in this folder and",
      "a file of YAML; the first of these that has one wins. `tutti config show` says what holds.",
      "SIGTERM and Ctrl-C stop the server and leave workloads running: the next start adopts them.",
      "SIGHUP has the settings read again, where no terminal has hung up."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti server                                        everything embedded",
      "  MQTT_HOST=broker MQTT_USERNAME=dots MQTT_PASSWORD=… tutti server",
      "  tutti server --data ./data --port 0                 a free port",
      "  tutti server --backplane docker                     models are containers"
    })
final class ServerCommand implements Callable<Integer> {

  @Mixin private final ServerOptions options = new ServerOptions();

  @Mixin final HelpOption help = new HelpOption();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    try {
      Settled settled = options.read();
      if (ConfigCommand.tellWrong(settled, command)) {
        return 1;
      }
      Configuration configuration = Configuration.of(settled);
      Logging.set(configuration.logLevel(), settled.values().get(ServerSettings.LOG_FORMAT));
      long started = System.nanoTime();
      App app = App.start(configuration);
      if (configuration.docker().isEmpty()) {
        Examples.offer(app.images());
      }
      HangUp.means(new Reload(options::read, settled, app.engine())::now);
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

  private static void sayWhere(Logger log, Configuration configuration, App app, long started) {
    app.addresses().forEach(address -> log.info("{}", address));
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
