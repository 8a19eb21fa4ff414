package dev.tutti.backplane.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.Event;
import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.Health;
import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.ObservationListener;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.Particulars;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import dev.tutti.core.doctor.Check;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs workloads as containers of a Docker Engine. Ends come by the engine's events; {@link #list}
 * asks the engine. Containers outlive us, and are known again by their labels.
 */
public final class DockerBackplane implements Backplane {

  private static final Logger LOG = LoggerFactory.getLogger(DockerBackplane.class);

  /** An engine that starts hundreds at once starts none of them soon. */
  private static final int STARTS_PER_CORE = 4;

  /** What an engine says, as if it were its own trouble, of what can never run. */
  private static final List<String> NEVER =
      List.of("OCI runtime create failed", "error gathering device information");

  private static final Duration REASON_WITHIN = Duration.ofMillis(500);

  private final Engine engine;
  private final Marks marks;
  private final Bridge bridge;
  private final PulledImages images;
  private final ContainerCalls containers;
  private final ConcurrentMap<WorkloadId, Container> known = new ConcurrentHashMap<>();
  private final Semaphore starts =
      new Semaphore(STARTS_PER_CORE * Runtime.getRuntime().availableProcessors());
  private final EventWatch events;
  private final String gateway;
  private final Duration pullWithin;
  private volatile @Nullable ObservationListener listener;
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
    this.images = new PulledImages(engine, settings.pullWithin());
    try {
      engine.requireUsable();
      this.gateway = bridge.gateway();
      this.containers =
          new ContainerCalls(
              engine, marks, new Walls(bridge.name(), gateway, settings.outputBytes()));
      takeOver();
    } catch (RuntimeException failure) {
      engine.close();
      throw failure;
    }
    this.events = new EventWatch(engine, marks, this::happened, this::compare);
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
   * Ends and removes all that is ours: containers, and the network if we made it and nothing else
   * is in it. Images stay.
   *
   * @throws Failure.Unavailable when the engine could not
   */
  public void clear() {
    try (ExecutorService removals = Executors.newVirtualThreadPerTaskExecutor()) {
      list().forEach(workload -> removals.execute(() -> remove(workload.id())));
    }
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
    return gateway;
  }

  private void takeOver() {
    for (var seen : containers.all()) {
      marks
          .workload(seen.getLabels())
          .ifPresent(id -> {
            Container container = known.computeIfAbsent(id, Container::new);
            if (isState(seen, "running")) {
              container.recall(running());
            } else if (!isState(seen, "created")) {
              container.observe(ending(container), null);
            }
          });
    }
  }

  @Override
  public void start(WorkloadSpec spec) {
    requireOpen();
    ContainerRequest request = ContainerRequest.of(spec);
    boolean over = false;
    while (!over) {
      over = started(known.computeIfAbsent(spec.id(), Container::new), request);
    }
  }

  /** Whether that is done; not when it was forgotten while somebody else was refused its start. */
  private boolean started(Container container, ContainerRequest request) {
    WorkloadId id = container.id();
    container.starting().lock();
    try {
      if (known.get(id) != container) {
        return false;
      }
      // What an earlier attempt left half-done, because the engine went, is gone on with.
      if (!container.begun()) {
        launch(container, request);
      }
      return true;
    } catch (NotFoundException gone) {
      throw new Failure.Unavailable("Container %s went while it was started.".formatted(id), gone);
    } catch (StartRefused refused) {
      known.remove(id, container);
      throw refused;
    } catch (DockerException trouble) {
      throw new Failure.Unavailable(
          "Container %s could not be started: %s".formatted(id, Engine.said(trouble)), trouble);
    } finally {
      container.starting().unlock();
    }
  }

  private void launch(Container container, ContainerRequest request) {
    try {
      images.require(
          request.spec().image(), fraction -> tell(container, new Observation.Pulling(fraction)));
    } catch (Failure.Unavailable later) {
      // There is no container yet.
      known.remove(container.id(), container);
      throw later;
    }
    starts.acquireUninterruptibly();
    try {
      createAndStart(container, request);
    } finally {
      starts.release();
    }
  }

  private void createAndStart(Container container, ContainerRequest request) {
    WorkloadId id = container.id();
    try {
      containers.create(request);
    } catch (ConflictException exists) {
      containers.requireOurs(id);
      // Made before we were restarted: it has run, unless it only was made.
      if (!"created".equals(containers.inspect(id).getState().getStatus())) {
        container.observe(now(container), listener);
        return;
      }
    }
    container.observe(new Observation.Starting(), listener);
    try {
      containers.start(id);
    } catch (NotModifiedException runs) {
      LOG.debug("Container {} ran already", id);
    } catch (DockerException refused) {
      if (isOursToFix(refused)) {
        throw refused;
      }
      containers.remove(id);
      throw new StartRefused(ExitCodes.START_FAILED, Engine.said(refused));
    }
    container.observe(running(), listener);
  }

  /** The engine answers 400 for what can never run, and 500 for that as well as for its own. */
  private static boolean isOursToFix(DockerException refused) {
    String why = Engine.said(refused);
    return refused.getHttpStatus() >= 500 && NEVER.stream().noneMatch(why::contains);
  }

  private Observation running() {
    return new Observation.Running("");
  }

  private Observation now(Container container) {
    InspectContainerResponse.ContainerState state = containers.inspect(container.id()).getState();
    return Boolean.TRUE.equals(state.getRunning()) ? running() : ending(container);
  }

  private Observation ending(Container container) {
    try {
      InspectContainerResponse.ContainerState state = containers.inspect(container.id()).getState();
      Long code = state.getExitCodeLong();
      return Endings.of(
          code == null ? ExitCodes.VANISHED : code.intValue(),
          Boolean.TRUE.equals(state.getOOMKilled()));
    } catch (NotFoundException gone) {
      return new Observation.Vanished("The container was removed");
    }
  }

  /** What the engine tells. */
  private void happened(Event event) {
    Map<String, String> attributes =
        event.getActor() == null || event.getActor().getAttributes() == null
            ? Map.of()
            : event.getActor().getAttributes();
    Optional<Container> container =
        marks.workload(attributes).flatMap(id -> Optional.ofNullable(known.get(id)));
    container.ifPresent(it -> happened(it, String.valueOf(event.getAction()), attributes));
  }

  private void happened(Container container, String action, Map<String, String> attributes) {
    switch (action) {
      case "start" -> tell(container, running());
      case "oom" -> container.foundOutOfMemory();
      case "die" -> died(container, ending(container, attributes.get("exitCode")));
      case "destroy" -> tell(container, new Observation.Vanished("The container was removed"));
      default -> LOG.trace("{}: {}", container.id(), action);
    }
  }

  private Observation ending(Container container, @Nullable String exitCode) {
    try {
      int code = Integer.parseInt(String.valueOf(exitCode));
      if (!Endings.needsInspection(code) || container.outOfMemory()) {
        return Endings.of(code, container.outOfMemory());
      }
      Observation inspected = ending(container);
      // Whoever removes it by force leaves nothing to inspect, but the event has told.
      return inspected instanceof Observation.Exited ? inspected : Endings.of(code, false);
    } catch (NumberFormatException none) {
      return ending(container);
    }
  }

  /** Engines race: that memory ran out may come right after the end that it caused. */
  private void died(Container container, Observation seen) {
    if (seen instanceof Observation.Exited exited
        && Endings.needsInspection(exited.code())
        && !exited.outOfMemory()
        && containers.isLimited(container.id())) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              boolean memory = container.outOfMemory(REASON_WITHIN);
              tell(container, Endings.of(exited.code(), memory));
            } catch (InterruptedException end) {
              Thread.currentThread().interrupt();
            }
          });
    } else {
      tell(container, seen);
    }
  }

  private void tell(Container container, Observation seen) {
    container.observe(seen, listener);
  }

  /** Asks the engine for all, and tells what the events did not. */
  private void compare() {
    // Who is known now was given to the engine before it was asked.
    Set<Container> missing = new HashSet<>(known.values());
    for (var seen : containers.all()) {
      Optional<WorkloadId> id = marks.workload(seen.getLabels());
      if (id.isEmpty()) {
        continue;
      }
      Container container = known.computeIfAbsent(id.get(), Container::new);
      missing.remove(container);
      if (container.ended() || isState(seen, "created")) {
        continue;
      }
      tell(container, isState(seen, "running") ? running() : ending(container));
    }
    for (Container container : missing) {
      boolean wasThere =
          container.observed().map(Observed::observation).filter(o -> !isEarly(o)).isPresent();
      if (wasThere) {
        tell(container, new Observation.Vanished("The container was removed"));
      }
    }
  }

  /** Whether the engine may not have it yet. */
  private static boolean isEarly(Observation seen) {
    return !(seen instanceof Observation.Running);
  }

  private static boolean isState(com.github.dockerjava.api.model.Container seen, String state) {
    return state.equals(seen.getState());
  }

  @Override
  public void stop(WorkloadId id, Duration grace) {
    requireOpen();
    Container container = known.get(id);
    if (container == null || container.ended()) {
      return;
    }
    try {
      containers.stop(id, grace);
      tell(container, ending(container));
    } catch (NotFoundException gone) {
      tell(container, new Observation.Vanished("The container was removed"));
    } catch (DockerException trouble) {
      throw new Failure.Unavailable(
          "Container %s could not be stopped: %s".formatted(id, Engine.said(trouble)), trouble);
    }
  }

  @Override
  public void remove(WorkloadId id) {
    requireOpen();
    Container container = known.get(id);
    if (container == null) {
      return;
    }
    stop(id, Duration.ZERO);
    try {
      containers.remove(id);
    } catch (DockerException trouble) {
      throw new Failure.Unavailable(
          "Container %s could not be removed: %s".formatted(id, Engine.said(trouble)), trouble);
    }
    known.remove(id, container);
  }

  @Override
  public List<Observed> list() {
    requireOpen();
    try {
      compare();
    } catch (DockerException trouble) {
      throw new Failure.Unavailable(
          "The Docker Engine could not list containers: " + Engine.said(trouble), trouble);
    }
    return known.values().stream().flatMap(container -> container.observed().stream()).toList();
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
    listener = newListener;
    known.values().forEach(container -> container.deliver(newListener));
  }

  @Override
  public InputStream logs(WorkloadId id, LogOptions options) {
    requireOpen();
    try {
      // An answer that breaks off is told by the stream; one for nobody has to be told here.
      containers.inspect(id);
      Container container = known.computeIfAbsent(id, Container::new);
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
