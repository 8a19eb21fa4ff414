package dev.tutti.app;

import dev.tutti.api.VersionView;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.feature.Feature;
import dev.tutti.core.policy.PolicedBackplane;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.EngineSettings;
import dev.tutti.core.run.Errands;
import dev.tutti.core.run.StuckOwners;
import dev.tutti.core.run.ThreadAlarms;
import dev.tutti.core.run.Time;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Revisions;
import dev.tutti.core.surface.Role;
import dev.tutti.core.surface.Surface;
import dev.tutti.core.workload.Orphans;
import dev.tutti.core.workload.Supervisor;
import dev.tutti.core.workload.WorkloadHandlers;
import dev.tutti.core.workload.WorkloadLogs;
import dev.tutti.http.HealthCheck;
import dev.tutti.http.HealthEndpoints;
import dev.tutti.http.HttpServer;
import dev.tutti.http.HttpSettings;
import dev.tutti.http.PrometheusMetrics;
import dev.tutti.http.Tls;
import dev.tutti.http.openapi.ApiReference;
import dev.tutti.identity.Identity;
import dev.tutti.models.Deployments;
import dev.tutti.models.ModelRecords;
import dev.tutti.models.Models;
import dev.tutti.models.ModelsSettings;
import dev.tutti.models.MsoProtocol;
import dev.tutti.models.Walkthrough;
import dev.tutti.mqtt.MqttBus;
import dev.tutti.store.DataFolder;
import dev.tutti.store.FileBlobs;
import dev.tutti.store.SpaceSettings;
import dev.tutti.store.SqliteStore;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole of a running Tutti: built from a configuration, top down, and closed in reverse order.
 * Closing leaves workloads running; the next start adopts them.
 */
final class App implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(App.class);
  private static final long END_SECONDS = 5;
  private static final Duration RESYNC = Duration.ofSeconds(30);
  private static final Duration DOWN_GRACE = Duration.ofSeconds(2);

  private final Closing closing = new Closing();
  private final Images images;
  private final Engine engine;
  private final BackplaneParts parts;
  private final Backplane backplane;
  private final ModelRecords records;
  private final MessageBroker broker;
  private final SimulationParts simulations;
  private final List<Surface> surfaces;
  private final HttpServer http;
  private final Optional<HttpServer> original;
  private final Configuration configuration;
  private final String token;

  private App(Configuration configuration, Seams seams) {
    this.configuration = configuration;
    try {
      PrometheusMetrics metrics = new PrometheusMetrics();
      Clock clock = Clock.systemUTC();
      configuration.access().requireSafe(configuration.apiHost());
      Optional<Tls> tls = configuration.access().openTls(clock);
      tls.ifPresent(closing::last);
      DataFolder folder = configuration.openFolder();
      parts = closing.last(BackplaneParts.open(configuration, folder));
      MessageBroker.Starting starting =
          MessageBroker.start(configuration, folder.path(), parts.addresses(), metrics);
      closing.last(starting);
      SqliteStore store =
          closing.last(SqliteStore.open(folder, SpaceSettings.lowAt(configuration.lowSpace())));
      token = Token.loadOrCreate(folder.path());
      OnlyInstance.Check check =
          starting.check(
              configuration.simulatorNames(), OnlyInstance.self(token, built(), Optional.empty()));
      ExecutorService threads =
          Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tutti-", 0).factory());
      closing.last(() -> end(threads));
      ThreadAlarms alarms = closing.last(new ThreadAlarms(threads, clock));
      engine =
          new Engine(
              seams.store().apply(store),
              Time.watched(clock, SystemTicker.ofThisMachine(), alarms),
              threads,
              metrics,
              EngineSettings.defaults());
      images = new Images(engine);
      Identity identity = new Identity(engine, token, configuration.access().signInLifetime());
      records = new ModelRecords(store);

      backplane =
          new PolicedBackplane(
              seams.backplane().apply(closing.last(parts.backplane(images))),
              configuration.policy());
      new WorkloadHandlers(
              engine,
              backplane,
              2 * Runtime.getRuntime().availableProcessors(),
              configuration.lastLines())
          .register();
      Orphans orphans = new Orphans(engine, backplane, configuration.retention());
      FileBlobs blobs = FileBlobs.open(folder);
      Deployments deployments = new Deployments(engine, blobs, modelsSettings(configuration));
      broker = starting.await();
      parts.hidden(broker).ifPresent(LOG::warn);
      MqttBus bus = closing.last(broker.prepare("tutti-" + Token.fingerprint(token)));
      simulations =
          closing.last(
              new SimulationParts(
                  configuration,
                  folder,
                  parts.addresses(),
                  engine,
                  broker,
                  token,
                  identity.callers(),
                  (name, password, from) -> identity.signIn(name, password, from, Role.OPERATOR),
                  built(),
                  metrics));
      List<Feature> features = new ArrayList<>();
      features.add(new Models(deployments, engine, blobs, bus, backplane));
      features.add(simulations);
      features.add(identity);
      features.addAll(seams.features().apply(engine));
      closing.last(engine);
      MsoProtocol protocol = new MsoProtocol(engine, seams.bus().apply(bus), deployments);
      closing.last(new Walkthrough(engine));
      deployments.restorePlaces();
      check.await();
      engine.recover();
      features.forEach(Feature::resume);
      Supervisor supervisor = closing.last(new Supervisor(engine, backplane, RESYNC, orphans));
      supervisor.start();
      protocol.start();
      bus.connect();
      simulations.listen();
      new JournalPruning(store, alarms, clock, configuration.eventsKept()).begin();

      List<HealthCheck> checks =
          List.of(
              new HealthCheck("store", store::health),
              new HealthCheck("broker", bus::health),
              new HealthCheck("broker-simulations", simulations::health),
              new HealthCheck("backplane", backplane::health),
              new HealthCheck("owners", new StuckOwners(engine)::health));
      VersionView version =
          new VersionView(built(), Runtime.version().toString(), backplane.name());
      WorkloadLogs logs = new WorkloadLogs(store, backplane);
      List<Endpoint> endpoints = new ArrayList<>();
      features.forEach(feature -> endpoints.addAll(feature.endpoints()));
      endpoints.addAll(new CoreEndpoints(store, logs, version).endpoints());
      endpoints.addAll(new EventEndpoints(store, engine.feed()).endpoints());
      endpoints.addAll(new WorkloadInsideEndpoints(backplane).endpoints());
      endpoints.addAll(parts.images(images));
      endpoints.addAll(
          new InsightEndpoints(
                  new InsightEndpoints.Parts(
                      configuration,
                      version.version(),
                      folder,
                      store,
                      blobs,
                      engine,
                      backplane,
                      parts.checks(backplane),
                      broker,
                      bus,
                      features,
                      orphans,
                      tls))
              .endpoints());
      Backup backup =
          new Backup(store, blobs, simulations.blobs(), folder.path(), version.version(), clock);
      endpoints.add(backup.endpoint());
      Errands errands = new Errands(engine);
      errands.begin();
      HttpSettings settings =
          httpSettings(configuration, identity, errands, engine.revisions(), tls);
      List<Surface> described =
          List.of(
              new Surface("tutti", "/api/v1", endpoints),
              simulations.besideOurs(),
              HealthEndpoints.surface(checks),
              metrics.surface(settings.onLoopback() ? Role.ANYONE : Role.VIEWER));
      surfaces = new ArrayList<>(described);
      surfaces.add(ApiReference.of(described));
      http = closing.last(HttpServer.start(settings, surfaces, metrics));
      original = simulations.serveOriginal(metrics, identity.audit());
      original.ifPresent(closing::last);
      closing.last(
          OnlyInstance.announce(
              bus,
              configuration.simulatorNames(),
              OnlyInstance.self(token, built(), Optional.of(http.uri()))));
    } catch (RuntimeException | Error failure) {
      closing.closeAfter(failure);
      throw failure;
    }
  }

  /**
   * Starts everything.
   *
   * @throws dev.tutti.core.Failure when a part cannot be started, saying what to do
   */
  static App start(Configuration configuration) {
    return start(configuration, Seams.none());
  }

  /** Starts everything, with something of a test's own between the core and its adapters. */
  static App start(Configuration configuration, Seams seams) {
    return new App(configuration, seams);
  }

  /** What still waits for something outside is interrupted; its command is in the store. */
  private static void end(ExecutorService threads) throws InterruptedException {
    threads.shutdownNow();
    if (!threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("some work did not end within {} s; it goes on at the next start", END_SECONDS);
    }
  }

  private static String built() {
    String built = App.class.getPackage().getImplementationVersion();
    return built == null ? "unpackaged" : built;
  }

  private static ModelsSettings modelsSettings(Configuration configuration) {
    return new ModelsSettings(
        configuration.simulatorNames(),
        configuration.startTimeout(),
        configuration.doneGrace(),
        configuration.stopGrace(),
        configuration.retention(),
        configuration.workloadsLimit(),
        configuration.policy());
  }

  private static HttpSettings httpSettings(
      Configuration configuration,
      Identity identity,
      Errands errands,
      Revisions revisions,
      Optional<Tls> tls) {
    HttpSettings settings =
        HttpSettings.loopback(configuration.apiPort())
            .withHost(configuration.apiHost())
            .withNames(configuration.access().names())
            .withCallers(identity.callers())
            .withAudit(identity.audit())
            .withOnceOnly(errands)
            .withRevisions(revisions);
    return tls.map(settings::withTls).orElse(settings);
  }

  Images images() {
    return images;
  }

  BackplaneParts backplaneParts() {
    return parts;
  }

  Engine engine() {
    return engine;
  }

  MessageBroker broker() {
    return broker;
  }

  SimulationParts simulations() {
    return simulations;
  }

  /** Deployments and models as the API shows them. */
  ModelRecords records() {
    return records;
  }

  /** Waits until something happened after an event, and gives the number of the last one. */
  long awaitEvent(long after, Duration atMost) throws InterruptedException {
    List<JournalEntry> entries = engine.feed().after(after, Optional.empty(), atMost);
    return entries.isEmpty() ? after : entries.getLast().number();
  }

  /** Starts nothing more and ends all workloads; returns once they have ended. */
  void down() {
    engine.close();
    try (ExecutorService stops = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Observed workload : backplane.list()) {
        if (!workload.observation().terminal()) {
          stops.execute(() -> backplane.stop(workload.id(), DOWN_GRACE));
        }
      }
    }
  }

  /** What is served on the address of the API. */
  List<Surface> surfaces() {
    return surfaces;
  }

  URI uri() {
    return http.uri();
  }

  /** Every address that this instance listens on or uses, each with its scheme. */
  List<Address> addresses() {
    boolean loopback = HttpSettings.isLoopback(configuration.apiHost());
    List<Address> addresses = new ArrayList<>();
    addresses.add(
        new Address("API", "%s/api/v1 (token in %s/token)".formatted(uri(), configuration.data())));
    addresses.add(
        new Address("Docs", uri() + "/docs (the API to read and to try; OpenAPI: /openapi.json)"));
    addresses.add(
        new Address(
            "Health",
            "%s/healthz, /readyz, /metrics (%s)"
                .formatted(uri(), loopback ? "open" : "/metrics with the token")));
    addresses.add(
        new Address(
            "Surface",
            uri()
                + "/api/v1/simulation (the original simulation orchestrator's API, beside ours)"));
    original.ifPresent(server ->
        addresses.add(
            new Address(
                "Surface",
                "%s (the same, with all its pages; %s)"
                    .formatted(
                        server.uri(),
                        configuration.simulation().surface().access().anonymous()
                            ? "open to everybody on this machine"
                            : "user DotsUser"))));
    addresses.add(new Address("Results", simulations.resultsAddress()));
    addresses.add(new Address("Broker", "mqtt://" + broker));
    parts.described().ifPresent(where -> addresses.add(new Address("Docker", where)));
    return addresses;
  }

  String token() {
    return token;
  }

  @Override
  public void close() {
    closing.close();
  }
}
