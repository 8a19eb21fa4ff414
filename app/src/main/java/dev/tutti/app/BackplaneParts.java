package dev.tutti.app;

import dev.tutti.backplane.docker.DockerBackplane;
import dev.tutti.backplane.process.ProcessBackplane;
import dev.tutti.backplane.process.ProcessSettings;
import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.doctor.Check;
import dev.tutti.core.doctor.HealthOf;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.store.DataFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The backplane that the configuration names, and what depends on which one it is. */
final class BackplaneParts implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int PROBE_MILLIS = 500;

  private final Path folder;
  private final Optional<DockerBackplane> docker;

  private BackplaneParts(Path folder, Optional<DockerBackplane> docker) {
    this.folder = folder;
    this.docker = docker;
  }

  /**
   * Connects to what runs workloads, so far as that has to be there before others start.
   *
   * @throws Failure when it is not there, or is not the one that workloads of this folder live on,
   *     saying what to do
   */
  static BackplaneParts open(Configuration configuration, DataFolder data) {
    Path folder = data.path();
    UsedBackplane.change(
        configuration,
        data,
        configuration.docker().isPresent()
            ? DockerConfiguration.DOCKER
            : DockerConfiguration.PROCESS);
    return new BackplaneParts(
        folder,
        configuration
            .docker()
            .map(chosen -> new DockerBackplane(chosen.settings(EngineMark.loadOrCreate(folder)))));
  }

  /** Where workloads, and nobody outside this machine, reach it; loopback is the first. */
  List<String> addresses() {
    List<String> addresses = new ArrayList<>(List.of(LOOPBACK));
    docker.map(DockerBackplane::gateway).filter(BackplaneParts::isOurs).ifPresent(addresses::add);
    return addresses;
  }

  private static boolean isOurs(String address) {
    try {
      return NetworkInterface.getByInetAddress(InetAddress.getByName(address)) != null;
    } catch (IOException none) {
      return false;
    }
  }

  /** The backplane itself; to be closed by who asks. */
  Backplane backplane(Images images) {
    return docker
        .<Backplane>map(it -> it)
        .orElseGet(() ->
            new ProcessBackplane(folder.resolve("workloads"), images, ProcessSettings.defaults()));
  }

  /** What containers will not reach, as far as that can be known before one tries. */
  Optional<String> hidden(MessageBroker broker) {
    return docker.flatMap(it -> hidden(it.gateway(), broker));
  }

  private static Optional<String> hidden(String gateway, MessageBroker broker) {
    if (!isOurs(gateway)) {
      return Optional.of(
          "The Docker Engine is not on this machine, or this is a container: models do not reach Tutti's own broker and results by host.docker.internal. Name a broker and a database that they reach (MQTT_HOST, INFLUXDB_HOST).");
    }
    if (!broker.embedded() && broker.isOnThisMachine() && !listens(gateway, broker.port())) {
      return Optional.of(
          "The broker on this machine does not listen at %s:%d, so containers do not reach it as host.docker.internal. Let it listen there as well, or name none: Tutti's own broker does."
              .formatted(gateway, broker.port()));
    }
    return Optional.empty();
  }

  private static boolean listens(String address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), PROBE_MILLIS);
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }

  /** One line for a person who starts a server; empty when there is nothing to say. */
  Optional<String> described() {
    return docker.map(it ->
        "containers of network %s, which reach this machine at %s"
            .formatted(it.network(), it.gateway()));
  }

  /** What the doctor looks at. */
  List<Check> checks(Backplane backplane) {
    List<Check> checks = new ArrayList<>();
    checks.add(
        new HealthOf(
            "backplane", backplane::health, "Workloads that run go on; starts wait for it."));
    docker.map(DockerBackplane::check).ifPresent(checks::add);
    return checks;
  }

  /** What image references mean here. */
  List<Endpoint> images(Images catalogue) {
    return docker
        .map(it -> new EngineImageEndpoints(it.images()).endpoints())
        .orElseGet(() -> new CatalogueEndpoints(catalogue).endpoints());
  }

  /** The images of the examples, made known to this backplane. */
  ExampleImages examples(Images catalogue) {
    return new ExampleImages(catalogue, docker.map(DockerBackplane::images));
  }

  /** Removes all that this data folder has on an engine; of processes nothing is left anyway. */
  void clear() {
    docker.ifPresent(DockerBackplane::clear);
  }

  @Override
  public void close() {
    docker.ifPresent(DockerBackplane::close);
  }
}
