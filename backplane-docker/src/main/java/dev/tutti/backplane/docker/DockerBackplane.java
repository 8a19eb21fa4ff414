package dev.tutti.backplane.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.Execution;
import dev.tutti.core.backplane.Health;
import dev.tutti.core.backplane.ImageInspection;
import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.Metering;
import dev.tutti.core.backplane.Networks;
import dev.tutti.core.backplane.ObservationListener;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.Particulars;
import dev.tutti.core.backplane.PublishedPorts;
import dev.tutti.core.backplane.Resizing;
import dev.tutti.core.backplane.Volumes;
import dev.tutti.core.backplane.WorkloadFiles;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import dev.tutti.core.doctor.Check;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs workloads as containers of a Docker Engine. Ends come by the engine's events; {@link #list}
 * asks the engine. Containers outlive us, and are known again by their labels.
 */
public final class DockerBackplane implements Backplane {

  private static final Logger LOG = LoggerFactory.getLogger(DockerBackplane.class);

  private final Engine engine;
  private final Marks marks;
  private final Bridge bridge;
  private final ContainerCalls containers;
  private final KnownContainers known = new KnownContainers();
  private final EngineNews news;
  private final DockerNetworks networks;
  private final DockerVolumes volumes;
  private final Starts starts;
  private final EventWatch events;
  private final Bridge.Addresses addresses;
  private final Duration pullWithin;
  private volatile boolean closed;

  /**
   * Connects to an engine and takes over what of ours runs there.
   *
   * @throws Failure.Unavailable when the engine does not answer
   */
  public DockerBackplane(DockerSettings settings) {
    this.engine = new Engine(settings);
    this.marks = Marks.of(settings);
    this.bridge = new Bridge(engine, marks, settings);
    this.pullWithin = settings.pullWithin();
    try {
      engine.requireUsable();
      this.addresses = bridge.addresses();
      this.containers =
          new ContainerCalls(
              engine,
              marks,
              new Walls(marks, bridge.name(), addresses.gateway(), settings.outputBytes()));
      this.news = new EngineNews(marks, containers, known);
      this.networks = new DockerNetworks(engine, marks, containers);
      this.volumes = new DockerVolumes(engine, marks);
      this.starts =
          new Starts(
              new PulledImages(engine, settings.pullWithin()),
              containers,
              new SharedThings(networks, volumes),
              () -> bridge.restore(addresses),
              known,
              news);
      news.takeOver();
    } catch (RuntimeException failure) {
      engine.close();
      throw failure;
    }
    this.events = new EventWatch(engine, marks, news::happened, news::compare);
  }

  @Override
  public String name() {
    return "docker";
  }

  /** The network that containers are in. */
  public String network() {
    return bridge.name();
  }

  /** The images of its engine; closed with it. */
  public DockerImages images() {
    return new DockerImages(engine, pullWithin);
  }

  /** How many calls of the engine it has made so far. */
  public long calls() {
    return engine.made();
  }

  /** Looks at the engine for the doctor. */
  public Check check() {
    return new EngineCheck(engine);
  }

  /**
   * Ends and removes all that is ours: containers, volumes with what is in them, and networks, the
   * one of all containers only if we made it and nothing else is in it. Images stay.
   *
   * @throws Failure.Unavailable when the engine could not
   */
  public void clear() {
    try (ExecutorService removals = Executors.newVirtualThreadPerTaskExecutor()) {
      list().forEach(workload -> removals.execute(() -> remove(workload.id())));
    }
    volumes.list().forEach(volume -> volumes.remove(volume.name()));
    networks.list().forEach(network -> networks.remove(network.name()));
    try {
      bridge.remove();
    } catch (DockerException used) {
      // Engines before 23 miscount what is in a network when much ends at once.
      LOG.warn(
          "The Docker network '{}' could not be removed: {}", bridge.name(), Engine.said(used));
    }
  }

  /** Where containers reach this machine; what is to be reached by them listens there. */
  public String gateway() {
    return addresses.gateway();
  }

  @Override
  public void start(WorkloadSpec spec) {
    requireOpen();
    starts.start(spec);
  }

  @Override
  public void stop(WorkloadId id, Duration grace) {
    requireOpen();
    known.find(id).filter(container -> !container.ended()).ifPresent(it -> stop(it, grace));
  }

  private void stop(Container container, Duration grace) {
    WorkloadId id = container.id();
    try {
      containers.stop(id, grace);
      known.tell(container, news.ending(container));
    } catch (NotFoundException gone) {
      news.gone(container);
    } catch (DockerException trouble) {
      throw new Failure.Unavailable(
          "Container %s could not be stopped: %s".formatted(id, Engine.said(trouble)), trouble);
    }
  }

  @Override
  public void remove(WorkloadId id) {
    requireOpen();
    Optional<Container> container = known.find(id);
    if (container.isEmpty()) {
      return;
    }
    stop(id, Duration.ZERO);
    try {
      containers.remove(id);
    } catch (DockerException trouble) {
      throw new Failure.Unavailable(
          "Container %s could not be removed: %s".formatted(id, Engine.said(trouble)), trouble);
    }
    known.forget(container.get());
  }

  @Override
  public List<Observed> list() {
    requireOpen();
    try {
      news.compare();
    } catch (DockerException trouble) {
      throw new Failure.Unavailable(
          "The Docker Engine could not list containers: " + Engine.said(trouble), trouble);
    }
    return known.observed();
  }

  @Override
  public Optional<Particulars> particulars(WorkloadId id) {
    requireOpen();
    try {
      InspectContainerResponse container = containers.inspect(id);
      ContainerConfig config = container.getConfig();
      Map<String, String> labels = config.getLabels() == null ? Map.of() : config.getLabels();
      return marks
          .workload(labels)
          .map(_ ->
              new Particulars(
                  String.valueOf(config.getImage()),
                  marks.asked(labels),
                  Instant.parse(container.getCreated()),
                  "container " + marks.containerName(id)));
    } catch (NotFoundException unknown) {
      return Optional.empty();
    } catch (DockerException trouble) {
      throw new Failure.Unavailable(
          "Container %s cannot be inspected: %s".formatted(id, Engine.said(trouble)), trouble);
    }
  }

  @Override
  public void watch(ObservationListener newListener) {
    known.listen(newListener);
  }

  @Override
  public InputStream logs(WorkloadId id, LogOptions options) {
    requireOpen();
    try {
      // An answer that breaks off is told by the stream; one for nobody has to be told here.
      containers.inspect(id);
      Container container = known.of(id);
      int last = options.tail();
      if (options.follow()) {
        int pieces = last < 0 ? last : Tail.pieces(containers.output(id), last);
        return containers.follow(id, pieces, container::ended);
      }
      InputStream output = containers.output(id);
      return last < 0 ? output : Tail.of(output, last);
    } catch (NotFoundException unknown) {
      throw new Failure.NotFound("workload", id.value());
    } catch (DockerException | IOException trouble) {
      throw new Failure.Unavailable(
          "The output of container %s cannot be read: %s".formatted(id, Engine.said(trouble)),
          trouble);
    }
  }

  @Override
  public Optional<ImageInspection> inspection() {
    DockerImages images = images();
    return Optional.of(reference -> images.find(reference).map(DockerImage::facts));
  }

  @Override
  public Optional<Execution> execution() {
    return Optional.of(new ContainerExecution(engine, containers));
  }

  @Override
  public Optional<WorkloadFiles> files() {
    return Optional.of(new ContainerFiles(engine, containers));
  }

  @Override
  public Optional<Metering> metering() {
    return Optional.of(new ContainerMetering(engine, containers));
  }

  @Override
  public Optional<Resizing> resizing() {
    return Optional.of(new ContainerLimits(engine, containers));
  }

  @Override
  public Optional<PublishedPorts> ports() {
    return Optional.of(new ContainerPorts(containers));
  }

  @Override
  public Optional<Networks> networks() {
    return Optional.of(networks);
  }

  @Override
  public Optional<Volumes> volumes() {
    return Optional.of(volumes);
  }

  @Override
  public Health health() {
    if (closed) {
      return Health.bad("closed");
    }
    try {
      engine.call(client -> client.pingCmd().exec());
      return Health.good();
    } catch (Failure.Unavailable silent) {
      return Health.bad(silent.problem().sentence());
    } catch (DockerException trouble) {
      return Health.bad(
          "The Docker Engine at %s is in trouble: %s"
              .formatted(engine.host(), Engine.said(trouble)));
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new Failure.Unavailable("The Docker backplane is closed.");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      events.close();
      engine.close();
    }
  }
}
