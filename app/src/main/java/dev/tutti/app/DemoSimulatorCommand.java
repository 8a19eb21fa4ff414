package dev.tutti.app;

import dev.tutti.app.settings.Durations;
import dev.tutti.broker.BrokerAccount;
import dev.tutti.cli.HelpOption;
import dev.tutti.core.Failure;
import dev.tutti.core.bus.Bus;
import dev.tutti.dots.SimulationId;
import dev.tutti.dots.SimulatorName;
import dev.tutti.mqtt.MqttBus;
import dev.tutti.mqtt.MqttSettings;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tutti demo simulator}: plays a simulation orchestrator against any that runs models. */
@Command(
    name = "simulator",
    description = {
      "Plays the fake simulation orchestrator of the original's quick start against a running model",
      "services orchestrator, ours or the original: asks for four models, of which one crashes before",
      "it is ready and one after, and prints what it is told. Ends with 0 when all have ended."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti demo simulator --mqtt-host localhost",
      "  tutti demo simulator --mqtt-host broker --simulation sim03 --timeout 10m"
    })
final class DemoSimulatorCommand implements Callable<Integer> {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
  private static final Duration CONNECT = Duration.ofSeconds(10);

  @Mixin private final BrokerOptions broker = new BrokerOptions();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Data folder of a Tutti on this machine, to read the account of its broker from when none"
              + " is given.")
  private @Nullable Path data;

  @Option(
      names = "--simulator-name",
      paramLabel = "NAME",
      defaultValue = "dots-so",
      description = "SIMULATOR_NAME of the orchestrator. Default: ${DEFAULT-VALUE}.")
  private String name = "dots-so";

  @Option(
      names = "--simulation",
      paramLabel = "ID",
      defaultValue = "sim02-abc",
      description = "Simulation id. Default: ${DEFAULT-VALUE}.")
  private String simulation = "sim02-abc";

  @Option(
      names = "--models-see",
      paramLabel = "HOST",
      defaultValue = "host.docker.internal",
      description = "Host of the broker as models see it. Default: ${DEFAULT-VALUE}.")
  private String modelsSee = "host.docker.internal";

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "5m",
      description = "How long to wait for the last model. Default: ${DEFAULT-VALUE}.")
  private String timeout = "5m";

  @Mixin final HelpOption help = new HelpOption();

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws InterruptedException {
    Duration wait = Durations.parse(timeout).orElse(Duration.ofMinutes(5));
    String host = broker.host == null ? "127.0.0.1" : broker.host;
    BrokerAccount account = account();
    MqttSettings settings =
        MqttSettings.of(host, broker.port, account.user(), account.password(), "tutti-demo");
    try (Bus bus = MqttBus.connect(settings)) {
      Connections.await(bus, CONNECT);
      FakeSimulator simulator =
          new FakeSimulator(
              bus, new SimulatorName(name), new SimulationId(simulation), this::print);
      simulator.deploy(
          new FakeSimulator.BrokerForModels(
              modelsSee, broker.port, account.user(), account.password()));
      print("DeployModels sent for simulation %s: 4 models".formatted(simulation));
      boolean ended = simulator.await(wait);
      Map<String, Integer> codes = simulator.exitCodes();
      print(
          ended
              ? "All models have terminated, exit codes %s".formatted(codes)
              : "Gave up after %s; exit codes so far %s".formatted(timeout, codes));
      return ended ? 0 : 1;
    } catch (Failure failure) {
      System.err.println("tutti: " + failure.problem().sentence());
      return 1;
    } catch (IllegalArgumentException invalid) {
      System.err.println("tutti: " + invalid.getMessage());
      return 2;
    }
  }

  /** The account that was given, else the one of a Tutti on this machine, else the original's. */
  private BrokerAccount account() {
    if (!broker.username.isEmpty()) {
      return new BrokerAccount(broker.username, broker.password);
    }
    Path folder = data == null ? Configuration.dataFolder(Environment.ofProcess()) : data;
    return Files.isReadable(folder.resolve(BrokerAccount.FILE))
        ? BrokerAccount.loadOrCreate(folder)
        : new BrokerAccount("dots", "dotspass");
  }

  private void print(String line) {
    out.println(TIME.format(LocalTime.now(ZoneId.systemDefault())) + "  " + line);
    out.flush();
  }
}
