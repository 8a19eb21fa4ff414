package dev.tutti.app;

import dev.tutti.app.settings.Flags;
import dev.tutti.app.settings.Values;
import dev.tutti.app.settings.Wrong;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.backplane.Resources;
import dev.tutti.core.policy.Policy;
import dev.tutti.store.DataFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How this instance is to run: what {@link ServerSettings} declares, with its values.
 *
 * @param data folder for everything durable
 * @param apiHost address that the API listens on
 * @param apiPort 0 for a free port
 * @param broker which broker to use
 * @param simulatorNames names that are served
 * @param startTimeout how long a model may take to become ready
 * @param doneGrace how long models may go on after SimulationDone
 * @param stopGrace how long a model may take between SIGTERM and SIGKILL
 * @param retention how long records stay
 * @param eventsKept how long events stay
 * @param lastLines how many last lines of an ended workload are kept in its record
 * @param workloadsLimit how many workloads may be alive at the same time
 * @param simulation how simulations are run
 * @param access how the API is reached, beyond its address
 * @param lowSpace with fewer bytes free on the disk of the data folder, no new work begins
 * @param docker the engine that runs workloads; empty for processes of this machine
 * @param logLevel a level of the log
 * @param keyFile where the key is that secrets are sealed with; null for the data folder
 */
record Configuration(
    Path data,
    String apiHost,
    int apiPort,
    Broker broker,
    List<String> simulatorNames,
    Duration startTimeout,
    Duration doneGrace,
    Duration stopGrace,
    Duration retention,
    Duration eventsKept,
    int lastLines,
    int workloadsLimit,
    long lowSpace,
    SimulationConfiguration simulation,
    Optional<DockerConfiguration> docker,
    ApiAccess access,
    String logLevel,
    Policy policy,
    @Nullable Path keyFile) {

  /**
   * The broker that {@code MQTT_HOST} and its companions name.
   *
   * @param named whether a host was named; if not, the embedded broker is used
   * @param port 0 for a free port of the embedded broker
   * @param username empty to generate an account (embedded) or to go without one
   */
  record Broker(boolean named, String host, int port, String username, String password) {

    boolean onThisMachine() {
      return List.of("localhost", "127.0.0.1", "::1", "[::1]", "host.docker.internal")
          .contains(host.toLowerCase(Locale.ROOT));
    }

    /** Without the password: records end up in logs. */
    @Override
    public String toString() {
      return "Broker[%s:%d, %s]".formatted(host, port, username);
    }
  }

  /** Reads the variables, and the file they may name; reports all that is wrong at once. */
  static Configuration read(Environment environment) {
    return of(Settled.read(Flags.none(), Optional.empty(), environment));
  }

  /**
   * What these settings say.
   *
   * @throws Failure.Rejected with all that is wrong with them
   */
  static Configuration of(Settled settled) {
    if (!settled.wrong().isEmpty()) {
      String all = settled.wrong().stream().map(Wrong::line).collect(Collectors.joining("; "));
      throw new Failure.Rejected(
          Problem.of("invalid-configuration", 400, all + ".")
              .suggesting("`tutti config check` says what to do about each."));
    }
    Values values = settled.values();
    return new Configuration(
        settled.data(),
        values.get(ServerSettings.API_HOST),
        values.get(ServerSettings.API_PORT),
        new Broker(
            values.isSet(ServerSettings.MQTT_HOST),
            values.find(ServerSettings.MQTT_HOST).orElse("127.0.0.1"),
            values.get(ServerSettings.MQTT_PORT),
            values.get(ServerSettings.MQTT_USERNAME),
            values.get(ServerSettings.MQTT_PASSWORD)),
        values.get(ServerSettings.SIMULATOR_NAMES),
        values.get(ServerSettings.START_TIMEOUT),
        values.get(ServerSettings.DONE_GRACE),
        values.get(ServerSettings.STOP_GRACE),
        values.get(ServerSettings.RECORDS_KEPT),
        values.get(ServerSettings.EVENTS_KEPT),
        values.get(ServerSettings.LAST_LINES),
        values.get(ServerSettings.WORKLOADS_LIMIT),
        values.get(ServerSettings.LOW_SPACE),
        SimulationConfiguration.of(values),
        DockerConfiguration.of(values),
        ApiAccess.of(values),
        values.get(ServerSettings.LOG_LEVEL),
        policy(values),
        values.find(ServerSettings.KEY_FILE).orElse(null));
  }

  private static Policy policy(Values values) {
    return new Policy(
        values.get(ServerSettings.POLICY_REGISTRIES),
        new Resources(
            values.get(ServerSettings.POLICY_MOST_CPUS),
            values.get(ServerSettings.POLICY_MOST_MEMORY)),
        values.get(ServerSettings.POLICY_FORBIDDEN_VARIABLES));
  }

  Configuration withData(Path folder) {
    return with(folder, apiPort, broker);
  }

  Configuration withApiPort(int port) {
    return with(data, port, broker);
  }

  Configuration withBroker(Broker other) {
    return with(data, apiPort, other);
  }

  /** Where models write results: the port above the API's, unless another is asked for. */
  int resultsPort() {
    return simulation.resultsPort().orElse(apiPort == 0 ? 0 : apiPort + 1);
  }

  private Configuration with(Path folder, int port, Broker other) {
    return new Configuration(
        folder,
        apiHost,
        port,
        other,
        simulatorNames,
        startTimeout,
        doneGrace,
        stopGrace,
        retention,
        eventsKept,
        lastLines,
        workloadsLimit,
        lowSpace,
        simulation,
        docker,
        access,
        logLevel,
        policy,
        keyFile);
  }

  /** Opens the data folder, with its key where it is kept. */
  DataFolder openFolder() {
    DataFolder folder = DataFolder.open(data);
    return keyFile == null ? folder : folder.withKey(keyFile.toAbsolutePath());
  }

  /** The folder for everything durable, as a server in this environment would have it. */
  static Path dataFolder(Environment environment) {
    return Settled.read(Flags.none(), Optional.empty(), environment).data();
  }

  /** Where it is when nobody says. */
  static Path usualDataFolder(Environment environment) {
    return environment
        .find("XDG_STATE_HOME")
        .filter(state -> !state.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(environment.find("HOME").orElse("."), ".local", "state"))
        .resolve("tutti");
  }
}
