package dev.tutti.app;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.store.DataFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How this instance is to run. Every value has a name of its own in the environment; those of the
 * original orchestrator keep theirs.
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
    ApiAccess access,
    String logLevel,
    @Nullable Path keyFile) {

  static final int API_PORT = 7070;
  private static final int BROKER_PORT = 1883;
  private static final int MEGABYTES_PER_WORKLOAD = 50;
  private static final int WORKLOADS_PER_CORE = 200;

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

  /** Reads the variables, and reports all that is wrong with them at once. */
  static Configuration read(Environment environment) {
    Reader reader = new Reader(environment);
    Configuration configuration =
        new Configuration(
            dataFolder(environment),
            environment.get("TUTTI_API_HOST", "127.0.0.1"),
            reader.port("TUTTI_API_PORT", API_PORT),
            new Broker(
                environment.find("MQTT_HOST").filter(host -> !host.isBlank()).isPresent(),
                environment.get("MQTT_HOST", "127.0.0.1"),
                reader.port("MQTT_PORT", BROKER_PORT),
                environment.get("MQTT_USERNAME", ""),
                environment.get("MQTT_PASSWORD", "")),
            reader.names("SIMULATOR_NAME", "dots-so"),
            reader.duration("TUTTI_START_TIMEOUT", "5m"),
            reader.duration("TUTTI_DONE_GRACE", "10s"),
            reader.duration("TUTTI_STOP_GRACE", "10s"),
            reader.duration("TUTTI_RETENTION_RECORDS", "7d"),
            reader.duration("TUTTI_RETENTION_EVENTS", "30d"),
            reader.number("TUTTI_LAST_LINES", 30, 0, 200),
            reader.number("TUTTI_LIMITS_WORKLOADS", defaultLimit(), 1, 1_000_000),
            reader.bytes("TUTTI_LOW_SPACE", "64MiB"),
            SimulationConfiguration.read(environment, reader),
            ApiAccess.read(environment, reader),
            reader.logLevel(),
            environment
                .find("TUTTI_KEY_FILE")
                .filter(f -> !f.isBlank())
                .map(Path::of)
                .orElse(null));
    reader.failIfWrong();
    return configuration;
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
        access,
        logLevel,
        keyFile);
  }

  /** Opens the data folder, with its key where it is kept. */
  DataFolder openFolder() {
    DataFolder folder = DataFolder.open(data);
    return keyFile == null ? folder : folder.withKey(keyFile.toAbsolutePath());
  }

  static Path dataFolder(Environment environment) {
    return environment
        .find("TUTTI_DATA")
        .map(Path::of)
        .orElseGet(() ->
            environment
                .find("XDG_STATE_HOME")
                .filter(state -> !state.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(environment.get("HOME", "."), ".local", "state"))
                .resolve("tutti"))
        .toAbsolutePath();
  }

  /** As many as the memory holds at 50 MB each, and not more than 200 per core. */
  private static int defaultLimit() {
    Runtime runtime = Runtime.getRuntime();
    int byCores = WORKLOADS_PER_CORE * runtime.availableProcessors();
    int byMemory = (int) Math.min(Integer.MAX_VALUE, machineMegabytes() / MEGABYTES_PER_WORKLOAD);
    return Math.max(8, Math.min(byCores, byMemory));
  }

  private static long machineMegabytes() {
    java.lang.management.OperatingSystemMXBean machine =
        java.lang.management.ManagementFactory.getOperatingSystemMXBean();
    return machine instanceof com.sun.management.OperatingSystemMXBean known
        ? known.getTotalMemorySize() / (1 << 20)
        : 4_096;
  }

  /** Reads values, and collects what is wrong with them. */
  static final class Reader {

    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");

    private final Environment environment;
    private final List<String> wrong = new ArrayList<>();

    Reader(Environment environment) {
      this.environment = environment;
    }

    int port(String name, int otherwise) {
      return number(name, otherwise, 0, 65_535);
    }

    int number(String name, int otherwise, int min, int max) {
      return read(
          name,
          otherwise,
          "a whole number from %d to %d".formatted(min, max),
          text -> {
            int number = Integer.parseInt(text);
            return number >= min && number <= max ? Optional.of(number) : Optional.empty();
          });
    }

    Duration duration(String name, String otherwise) {
      Duration fallback = Durations.parse(otherwise).orElseThrow();
      return read(name, fallback, "a duration such as 30s, 5m, 12h or 7d", Durations::parse);
    }

    long bytes(String name, String otherwise) {
      long fallback = Sizes.parse(otherwise).orElseThrow();
      return read(name, fallback, "a size such as 512KiB, 64MiB or 2GiB", Sizes::parse);
    }

    List<String> names(String name, String otherwise) {
      return read(
          name,
          List.of(otherwise),
          "one or more names, separated by commas, without '/', '+', '#' and '~'",
          text -> {
            List<String> names =
                Arrays.stream(text.split(",", -1))
                    .map(part -> part.strip().toLowerCase(Locale.ROOT))
                    .toList();
            boolean good = names.stream().allMatch(n -> n.matches("[^/+#~\\p{Cntrl}]+"));
            return good ? Optional.of(names) : Optional.empty();
          });
    }

    /** Accepts the words of Python's logging too, which the original uses. */
    String logLevel() {
      return read(
          "LOG_LEVEL",
          "INFO",
          "one of %s".formatted(String.join(", ", LEVELS)),
          text -> {
            String level = text.toUpperCase(Locale.ROOT);
            String ours =
                level.equals("WARNING") ? "WARN" : level.equals("CRITICAL") ? "ERROR" : level;
            return LEVELS.contains(ours) ? Optional.of(ours) : Optional.empty();
          });
    }

    private <T> T read(String name, T otherwise, String form, Function<String, Optional<T>> parse) {
      Optional<String> text = environment.find(name).map(String::strip).filter(t -> !t.isEmpty());
      if (text.isEmpty()) {
        return otherwise;
      }
      Optional<T> value;
      try {
        value = parse.apply(text.get());
      } catch (NumberFormatException noNumber) {
        value = Optional.empty();
      }
      if (value.isEmpty()) {
        wrong.add("%s is '%s', but must be %s".formatted(name, text.get(), form));
      }
      return value.orElse(otherwise);
    }

    void failIfWrong() {
      if (!wrong.isEmpty()) {
        throw new Failure.Rejected(
            Problem.of("invalid-configuration", 400, String.join("; ", wrong) + ".")
                .suggesting("Correct the environment or the .env file."));
      }
    }
  }
}
