package dev.tutti.app;

import dev.tutti.app.settings.Kind;
import dev.tutti.app.settings.Setting;
import dev.tutti.backplane.docker.DockerSettings;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Every setting of the server, declared once. The reference in {@code docs/configuration.md},
 * {@code .env.template} and the schema are made from this, and tests keep them equal; names of the
 * original orchestrators stay theirs.
 */
final class ServerSettings {

  static final Setting<Path> DATA =
      Setting.of("data", "TUTTI_DATA", Kind.path())
          .flag("--data")
          .otherwiseIn("`$XDG_STATE_HOME/tutti`, else `$HOME/.local/state/tutti`")
          .means("folder for everything durable");
  static final Setting<Path> KEY_FILE =
      Setting.of("key-file", "TUTTI_KEY_FILE", Kind.path())
          .otherwiseIn("`key` in the data folder")
          .means(
              "file with the key that secrets in the data folder are sealed with; made at the first"
                  + " start. Keep a copy: without it the server does not start. See"
                  + " [decision 0012](decisions/0012-secrets-are-sealed-by-type.md)");
  static final Setting<String> LOG_LEVEL =
      Setting.of("log.level", "LOG_LEVEL", Kind.logLevel())
          .otherwise("INFO")
          .means(
              "`TRACE`, `DEBUG`, `INFO`, `WARN`, `ERROR`; `WARNING` and `CRITICAL` are understood."
                  + " Logs go to standard error");

  static final Setting<String> LOG_FORMAT =
      Setting.of("log.format", "TUTTI_LOG_FORMAT", Kind.oneOf(Logging.TEXT, Logging.JSON))
          .otherwise(Logging.TEXT)
          .means(
              "`text` for people, `json` for programs: an object on each line"
                  + " ([operations](operations.md#logs))");

  static final Setting<String> API_HOST =
      Setting.of("api.host", "TUTTI_API_HOST", Kind.word())
          .otherwise("127.0.0.1")
          .means(
              "address that the API listens on. Beyond loopback it needs a certificate, and `/metrics`"
                  + " wants a token");
  static final Setting<Integer> API_PORT =
      Setting.of("api.port", "TUTTI_API_PORT", Kind.port())
          .flag("--port")
          .otherwise("7070")
          .means("its port; 0 takes a free one, which the log tells");

  static final Setting<Path> TLS_CERTIFICATE =
      Setting.of("api.tls.certificate", "TUTTI_TLS_CERTIFICATE", Kind.path())
          .means(
              "file in PEM with which the API speaks HTTPS; read again when it changes"
                  + " ([operations](operations.md#https))");
  static final Setting<Path> TLS_KEY =
      Setting.of("api.tls.key", "TUTTI_TLS_KEY", Kind.path()).means("its key, in PEM");
  static final Setting<Boolean> INSECURE_HTTP =
      Setting.of("api.insecure-http", "TUTTI_INSECURE_HTTP", Kind.yesOrNo())
          .flag("--insecure-http")
          .otherwise("false")
          .means(
              "`true` lets the API speak HTTP beyond loopback, where tokens can be read on the way");
  static final Setting<List<String>> API_NAMES =
      Setting.of("api.names", "TUTTI_API_NAMES", Kind.names())
          .otherwise("absent: beyond loopback any", List::of)
          .means(
              "names under which clients may address the API, separated by commas or as a list; made"
                  + " lower case. On loopback those of this machine always may");
  static final Setting<Duration> SIGN_IN_LIFETIME =
      Setting.of("api.sign-in-lifetime", "TUTTI_SIGN_IN_LIFETIME", Kind.someTime())
          .otherwise("12h")
          .means("how long a person stays signed in");

  static final Setting<String> MQTT_HOST =
      Setting.of("mqtt.host", "MQTT_HOST", Kind.word())
          .means("host of the broker. Absent: the embedded broker. See below");
  static final Setting<Integer> MQTT_PORT =
      Setting.of("mqtt.port", "MQTT_PORT", Kind.port())
          .otherwise("1883")
          .means("port of the broker, the embedded one too; 0 takes a free one (embedded)");
  static final Setting<String> MQTT_USERNAME =
      Setting.of("mqtt.username", "MQTT_USERNAME", Kind.text())
          .otherwise("")
          .means("account at the broker. For the embedded one: its account, when both are given");
  static final Setting<String> MQTT_PASSWORD =
      Setting.of("mqtt.password", "MQTT_PASSWORD", Kind.text())
          .otherwise("")
          .hidden()
          .means("its password");
  static final Setting<Integer> MQTT_QOS =
      Setting.of("mqtt.qos", "MQTT_QOS", Kind.number(0, 2))
          .otherwise("0")
          .means("what models are told to subscribe with");

  static final Setting<List<String>> SIMULATOR_NAMES =
      Setting.of("simulator-name", "SIMULATOR_NAME", Kind.names())
          .flag("--simulator-name")
          .otherwise("dots-so")
          .means(
              "names that are served, separated by commas or as a list; made lower case; without"
                  + " `/ + # ~` and control characters. The first is the default of REST");

  static final Setting<Duration> START_TIMEOUT =
      Setting.of("models.start-timeout", "TUTTI_START_TIMEOUT", Kind.duration())
          .otherwise("5m")
          .means(
              "how long models may take to become ready, from when all of a deployment have a"
                  + " record; then they fail with 124 and are stopped; those that could not be"
                  + " started in all this time fail with 125");
  static final Setting<Duration> DONE_GRACE =
      Setting.of("models.done-grace", "TUTTI_DONE_GRACE", Kind.duration())
          .otherwise("10s")
          .means("how long models may go on after SimulationDone to the orchestrator");
  static final Setting<Duration> STOP_GRACE =
      Setting.of("models.stop-grace", "TUTTI_STOP_GRACE", Kind.duration())
          .otherwise("10s")
          .means("how long a model may take between SIGTERM and SIGKILL");

  static final Setting<Duration> RECORDS_KEPT =
      Setting.of("retention.records", "TUTTI_RETENTION_RECORDS", Kind.duration())
          .otherwise("7d")
          .means(
              "how long records stay after the end of a deployment; at least as long as"
                  + " `keepLogsHours` of the request");
  static final Setting<Duration> EVENTS_KEPT =
      Setting.of("retention.events", "TUTTI_RETENTION_EVENTS", Kind.duration())
          .otherwise("30d")
          .means("how long events (the journal) stay; beyond 1 GB the oldest go sooner");
  static final Setting<Integer> LAST_LINES =
      Setting.of("retention.last-lines", "TUTTI_LAST_LINES", Kind.number(0, 200))
          .otherwise("30")
          .means(
              "how many last lines of an ended workload its record keeps; 0 to 200, 32 kB in all");

  static final Setting<Integer> WORKLOADS_LIMIT =
      Setting.of("limits.workloads", "TUTTI_LIMITS_WORKLOADS", Kind.number(1, 1_000_000))
          .otherwise(
              "memory of the machine / 50 MB, at most 200 per core, at least 8",
              ServerSettings::workloadsOfThisMachine)
          .means("how many workloads may be alive at once; 1 to 1,000,000");
  static final Setting<Long> LOW_SPACE =
      Setting.of("limits.low-space", "TUTTI_LOW_SPACE", Kind.size())
          .otherwise("64MiB")
          .means(
              "with less than this free on the disk of the data folder nothing new is accepted or"
                  + " started ([operations](operations.md#when-the-disk-fills)); bytes, or with `KiB`,"
                  + " `MiB`, `GiB`");

  static final Setting<Duration> DEPLOY_TIMEOUT =
      Setting.of("simulations.deploy-timeout", "TUTTI_DEPLOY_TIMEOUT", Kind.duration())
          .otherwise("10m")
          .means("how long it may take until all models of a simulation are ready");
  static final Setting<Integer> RESULTS_PORT =
      Setting.of("simulations.results-port", "TUTTI_RESULTS_PORT", Kind.port())
          .otherwiseIn("the port above the API's")
          .means("where models on this machine write results; 0 takes a free one");
  static final Setting<Integer> SURFACE_PORT =
      Setting.of("simulations.surface.port", "SIMULATION_SURFACE_PORT", Kind.port())
          .means(
              "port on loopback for the REST API of the original simulation orchestrator, which used"
                  + " 8001; 0 takes a free one. Absent: no listener of its own. The API is beside ours"
                  + " in any case");
  static final Setting<String> SURFACE_PASSWORD =
      Setting.of("simulations.surface.password", "OAUTH_PASSWORD", Kind.word())
          .hidden()
          .means("password of its user `DotsUser`; needed for that listener");
  static final Setting<String> SURFACE_KEY =
      Setting.of("simulations.surface.secret-key", "SECRET_KEY", Kind.word())
          .hidden()
          .means("what its tokens are signed with; needed for that listener");
  static final Setting<Duration> SURFACE_LIFETIME =
      Setting.of("simulations.surface.token-lifetime", "SIMULATION_TOKEN_LIFETIME", Kind.someTime())
          .otherwise("30m")
          .means("how long such a token is good");
  static final Setting<Boolean> SURFACE_ANONYMOUS =
      Setting.of("simulations.surface.anonymous", "SIMULATION_SURFACE_ANONYMOUS", Kind.yesOrNo())
          .otherwise("false")
          .means("`true` lets everybody in on that listener");

  static final Setting<String> INFLUXDB_HOST =
      Setting.of("influxdb.host", "INFLUXDB_HOST", Kind.word())
          .means("host of an InfluxDB 1.x that models write to, instead of our own files");
  static final Setting<Integer> INFLUXDB_PORT =
      Setting.of("influxdb.port", "INFLUXDB_PORT", Kind.port()).otherwise("8086").means("its port");
  static final Setting<String> INFLUXDB_USER =
      Setting.of("influxdb.user", "INFLUXDB_USER", Kind.text())
          .otherwise("")
          .means("account there");
  static final Setting<String> INFLUXDB_PASSWORD =
      Setting.of("influxdb.password", "INFLUXDB_PASSWORD", Kind.text())
          .otherwise("")
          .hidden()
          .means("its password");
  static final Setting<String> INFLUXDB_NAME =
      Setting.of("influxdb.name", "INFLUXDB_NAME", Kind.word())
          .otherwise("GO-e")
          .means("name of the database");

  static final Setting<String> BACKPLANE =
      Setting.of(
              "backplane",
              "TUTTI_BACKPLANE",
              Kind.oneOf(DockerConfiguration.PROCESS, DockerConfiguration.DOCKER))
          .flag("--backplane")
          .otherwise(DockerConfiguration.PROCESS)
          .means(
              "what runs models: `process`, or `docker` ([models as containers](docker.md)); the flag"
                  + " is of `tutti demo` too");
  static final Setting<String> DOCKER_HOST =
      Setting.of("docker.host", "DOCKER_HOST", Kind.word())
          .otherwise(DockerSettings.SOCKET)
          .means("the engine, with `docker`");
  static final Setting<Path> DOCKER_CONFIG =
      Setting.of("docker.config", "DOCKER_CONFIG", Kind.path())
          .otherwise("`$HOME/.docker`", () -> Path.of(System.getProperty("user.home"), ".docker"))
          .means(
              "folder with the `config.json` that `docker login` writes: credentials for registries,"
                  + " or the helpers that keep them");
  static final Setting<String> DOCKER_NETWORK =
      Setting.of("docker.network", "TUTTI_DOCKER_NETWORK", Kind.text())
          .otherwise("")
          .means(
              "a network of the engine that exists and that containers are to be in; empty: one of"
                  + " our own");
  static final Setting<String> DOCKER_SUBNET =
      Setting.of("docker.subnet", "TUTTI_DOCKER_SUBNET", Kind.text())
          .otherwise("")
          .means(
              "addresses of our own network, such as `172.30.0.0/16`; empty: the engine chooses");

  static final Setting<List<String>> POLICY_REGISTRIES =
      Setting.of(
              "policy.registries",
              "TUTTI_POLICY_REGISTRIES",
              Kind.list(
                  "registries",
                  "[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._/-]+)?",
                  "registries such as ghcr.io or ghcr.io/acme, separated by commas"))
          .otherwise("absent: anywhere", List::of)
          .means(
              "where images may come from: registries, or registries with the beginning of a path,"
                  + " such as `docker.io,ghcr.io/acme`. A name without a registry is of `docker.io`,"
                  + " as engines read it; `pv:1` is `docker.io/library/pv:1`");
  static final Setting<List<String>> POLICY_FORBIDDEN_VARIABLES =
      Setting.of(
              "policy.forbidden-variables",
              "TUTTI_POLICY_FORBIDDEN_VARIABLES",
              Kind.list(
                  "names",
                  "[^=*,\\s]+\\*?",
                  "names of variables such as PATH or LD_*, separated by commas"))
          .otherwise("absent: none", List::of)
          .means(
              "names of variables that no request may set; `*` at the end stands for any rest, such"
                  + " as `LD_*`. What an image of the catalogue sets is not looked at");
  static final Setting<Long> POLICY_MOST_CPUS =
      Setting.of("policy.most-cpus", "TUTTI_POLICY_MOST_CPUS", Kind.milliCores())
          .otherwise("no limit", () -> 0L)
          .means(
              "how many cores one workload may use at most, such as `2` or `0.5`; the limit of those"
                  + " that name none. Processes cannot be held to it: each start is refused with 125");
  static final Setting<Long> POLICY_MOST_MEMORY =
      Setting.of("policy.most-memory", "TUTTI_POLICY_MOST_MEMORY", Kind.size())
          .otherwise("no limit", () -> 0L)
          .means("how much memory one workload may use at most. As above");

  /** All of them, in the order of the reference. */
  static final List<Setting<?>> ALL =
      List.of(
          DATA,
          KEY_FILE,
          LOG_LEVEL,
          LOG_FORMAT,
          API_HOST,
          API_PORT,
          TLS_CERTIFICATE,
          TLS_KEY,
          INSECURE_HTTP,
          API_NAMES,
          SIGN_IN_LIFETIME,
          MQTT_HOST,
          MQTT_PORT,
          MQTT_USERNAME,
          MQTT_PASSWORD,
          MQTT_QOS,
          SIMULATOR_NAMES,
          START_TIMEOUT,
          DONE_GRACE,
          STOP_GRACE,
          RECORDS_KEPT,
          EVENTS_KEPT,
          LAST_LINES,
          WORKLOADS_LIMIT,
          LOW_SPACE,
          BACKPLANE,
          DOCKER_HOST,
          DOCKER_CONFIG,
          DOCKER_NETWORK,
          DOCKER_SUBNET,
          POLICY_REGISTRIES,
          POLICY_FORBIDDEN_VARIABLES,
          POLICY_MOST_CPUS,
          POLICY_MOST_MEMORY,
          DEPLOY_TIMEOUT,
          RESULTS_PORT,
          SURFACE_PORT,
          SURFACE_PASSWORD,
          SURFACE_KEY,
          SURFACE_LIFETIME,
          SURFACE_ANONYMOUS,
          INFLUXDB_HOST,
          INFLUXDB_PORT,
          INFLUXDB_USER,
          INFLUXDB_PASSWORD,
          INFLUXDB_NAME);

  private static final int MEGABYTES_PER_WORKLOAD = 50;
  private static final int WORKLOADS_PER_CORE = 200;

  private ServerSettings() {}

  /** As many as the memory holds at 50 MB each, and not more than 200 per core. */
  private static int workloadsOfThisMachine() {
    Runtime runtime = Runtime.getRuntime();
    int byCores = WORKLOADS_PER_CORE * runtime.availableProcessors();
    int byMemory = (int) Math.min(Integer.MAX_VALUE, machineMegabytes() / MEGABYTES_PER_WORKLOAD);
    return Math.max(8, Math.min(byCores, byMemory));
  }

  private static long machineMegabytes() {
    OperatingSystemMXBean machine = ManagementFactory.getOperatingSystemMXBean();
    return machine instanceof com.sun.management.OperatingSystemMXBean known
        ? known.getTotalMemorySize() / (1 << 20)
        : 4_096;
  }
}
