package dev.tutti.app;

import dev.tutti.core.backplane.Health;
import dev.tutti.core.feature.Feature;
import dev.tutti.core.run.Engine;
import dev.tutti.core.surface.Audit;
import dev.tutti.core.surface.Callers;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Surface;
import dev.tutti.http.HttpServer;
import dev.tutti.http.HttpSettings;
import dev.tutti.http.PrometheusMetrics;
import dev.tutti.mqtt.MqttBus;
import dev.tutti.simulations.CompatibilitySurface;
import dev.tutti.simulations.ModelEnvironment;
import dev.tutti.simulations.PlanLimits;
import dev.tutti.simulations.Planner;
import dev.tutti.simulations.ResultFiles;
import dev.tutti.simulations.SignIn;
import dev.tutti.simulations.SimulationEndpoints;
import dev.tutti.simulations.Simulations;
import dev.tutti.simulations.SimulationsSettings;
import dev.tutti.simulations.SoProtocol;
import dev.tutti.simulations.results.InfluxSurface;
import dev.tutti.simulations.results.Results;
import dev.tutti.store.DataFolder;
import dev.tutti.store.FileBlobs;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The simulation orchestrator with its own connection to the broker, its results and its routes.
 */
final class SimulationParts implements AutoCloseable, Feature {

  private static final String RESULTS_USER = "tutti";
  private static final String RESULTS_NAME = "tutti";
  private static final long RESULTS_BYTES = 4L << 30;

  private final Results results;
  private final List<HttpServer> resultsServers;
  private final Optional<SimulationConfiguration.Database> database;
  private final FileBlobs blobs;
  private final Simulations simulations;
  private final MqttBus bus;
  private final SoProtocol protocol;
  private final Planner planner;
  private final SimulationSurface offered;
  private final CompatibilitySurface original;

  /**
   * Registers what decides; nothing runs before {@link #listen}.
   *
   * @param addresses where models reach this machine
   */
  SimulationParts(
      Configuration configuration,
      DataFolder folder,
      List<String> addresses,
      Engine engine,
      MessageBroker broker,
      String token,
      Callers callers,
      SignIn people,
      String version,
      PrometheusMetrics metrics) {
    SimulationConfiguration settings = configuration.simulation();
    this.results = new Results(folder.path().resolve("results"), RESULTS_BYTES);
    InfluxSurface.Account account =
        new InfluxSurface.Account(RESULTS_USER, Token.derived(token, "results"));
    this.resultsServers =
        settings.database().isPresent()
            ? List.of()
            : resultsServers(addresses, configuration.resultsPort(), account, metrics);
    this.database = settings.database();
    this.blobs = FileBlobs.open(folder, "simulations");
    this.simulations =
        new Simulations(
            engine,
            blobs,
            simulationsSettings(
                configuration, environment(broker, settings, account), folder, version));
    this.bus = broker.prepare("tutti-so-" + Token.fingerprint(token));
    this.protocol = new SoProtocol(engine, bus, simulations);
    this.planner = new Planner(PlanLimits.defaults(), ZoneId::systemDefault);
    this.offered = settings.surface();
    this.original =
        new CompatibilitySurface(
            simulations,
            planner,
            offered.access(callers, people),
            Clock.system(ZoneId.systemDefault()));
  }

  private static SimulationsSettings simulationsSettings(
      Configuration configuration,
      ModelEnvironment environment,
      DataFolder folder,
      String version) {
    SimulationsSettings defaults =
        SimulationsSettings.of(environment, folder.path().resolve("simulation-logs"), version);
    return new SimulationsSettings(
        configuration.simulatorNames().getFirst(),
        environment,
        configuration.simulation().deployTimeout(),
        defaults.finishTimeout(),
        defaults.askEvery(),
        defaults.parametersAtOnce(),
        defaults.parametersBytes(),
        defaults.queueLimit(),
        defaults.queueWaitsForModels(),
        configuration.retention(),
        defaults.logs(),
        defaults.logBytes(),
        version);
  }

  /** What models on this machine are told; the backplane knows where this machine is. */
  private ModelEnvironment environment(
      MessageBroker broker, SimulationConfiguration settings, InfluxSurface.Account account) {
    SimulationConfiguration.Database database =
        settings
            .database()
            .orElseGet(() ->
                new SimulationConfiguration.Database(
                    MessageBroker.THIS_MACHINE,
                    Integer.toString(resultsServers.getFirst().port()),
                    account.user(),
                    account.password(),
                    RESULTS_NAME));
    return new ModelEnvironment(
        broker.hostForModels(),
        broker.port(),
        settings.mqttQos(),
        broker.username(),
        broker.password(),
        database.host(),
        database.port(),
        database.user(),
        database.password(),
        database.name());
  }

  /** One for each address, all on the port that the first of them has. */
  private List<HttpServer> resultsServers(
      List<String> addresses,
      int wantedPort,
      InfluxSurface.Account account,
      PrometheusMetrics metrics) {
    List<HttpServer> servers = new ArrayList<>();
    int port = wantedPort;
    try {
      for (String address : addresses) {
        servers.add(resultsServer(address, port, account, metrics));
        port = servers.getFirst().port();
      }
      return List.copyOf(servers);
    } catch (RuntimeException taken) {
      servers.forEach(HttpServer::close);
      throw taken;
    }
  }

  /** Its callers are models, who have an account of their own instead of a token. */
  private HttpServer resultsServer(
      String address, int port, InfluxSurface.Account account, PrometheusMetrics metrics) {
    HttpSettings settings =
        HttpSettings.loopback(port).withHost(address).withNames(Set.of(MessageBroker.THIS_MACHINE));
    return HttpServer.start(
        settings,
        List.of(new InfluxSurface(results, account, Clock.systemUTC()).surface()),
        metrics);
  }

  @Override
  public void resume() {
    simulations.recover();
  }

  /** Begins to hear the MSO and models. */
  void listen() {
    protocol.start();
    bus.connect();
  }

  Health health() {
    return bus.health();
  }

  @Override
  public List<Endpoint> endpoints() {
    return new SimulationEndpoints(
            simulations, planner, new ResultFiles(results), Clock.systemUTC())
        .endpoints();
  }

  /** The original's routes beside ours. */
  Surface besideOurs() {
    return original.besideOurs();
  }

  /** The original's API on a listener of its own, if there is to be one. */
  Optional<HttpServer> serveOriginal(PrometheusMetrics metrics, Audit audit) {
    return offered
        .port()
        .map(port ->
            HttpServer.start(
                HttpSettings.loopback(port).withAudit(audit),
                List.of(original.ofItsOwn()),
                metrics));
  }

  /** Where models write results, and what that is. */
  String resultsAddress() {
    return database
        .map(there ->
            "http://%s:%s (InfluxDB, account %s)"
                .formatted(there.host(), there.port(), there.user()))
        .orElseGet(() ->
            resultsServers.getFirst().uri()
                + " (as InfluxDB 1.x, for models, into files of the data folder)");
  }

  FileBlobs blobs() {
    return blobs;
  }

  /** Where models write results, on each address that they reach; 0 when that is elsewhere. */
  int resultsPort() {
    return resultsServers.isEmpty() ? 0 : resultsServers.getFirst().port();
  }

  Results results() {
    return results;
  }

  @Override
  public void close() {
    List<AutoCloseable> parts = new ArrayList<>();
    parts.add(bus);
    parts.addAll(resultsServers);
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception failure) {
        throw new IllegalStateException("a part of the simulations did not close", failure);
      }
    }
  }
}
