package dev.tutti.backplane.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.tutti.core.Failure;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts containers, each once, whoever asks and however often; a few at a time. */
final class Starts {

  private static final Logger LOG = LoggerFactory.getLogger(Starts.class);

  /** An engine that starts hundreds at once starts none of them soon. */
  private static final int AT_ONCE_PER_CORE = 4;

  /** What an engine says, as if it were its own trouble, of what can never run. */
  private static final List<String> NEVER =
      List.of("OCI runtime create failed", "error gathering device information");

  private final PulledImages images;
  private final ContainerCalls containers;
  private final SharedThings shared;
  private final BooleanSupplier network;
  private final KnownContainers known;
  private final EngineNews news;
  private final Semaphore places =
      new Semaphore(AT_ONCE_PER_CORE * Runtime.getRuntime().availableProcessors());

  /**
   * @param network sees to it that the network of all containers is there, and says whether it is
   */
  Starts(
      PulledImages images,
      ContainerCalls containers,
      SharedThings shared,
      BooleanSupplier network,
      KnownContainers known,
      EngineNews news) {
    this.shared = shared;
    this.network = network;
    this.images = images;
    this.containers = containers;
    this.known = known;
    this.news = news;
  }

  /**
   * Starts it, unless that was done before.
   *
   * @throws StartRefused when it can never be started
   * @throws Failure.Unavailable when the engine cannot now
   */
  void start(WorkloadSpec spec) {
    ContainerRequest request = ContainerRequest.of(spec);
    boolean over = false;
    while (!over) {
      over = started(known.of(spec.id()), request);
    }
  }

  /** Whether that is done; not when it was forgotten while somebody else was refused its start. */
  private boolean started(Container container, ContainerRequest request) {
    WorkloadId id = container.id();
    container.starting().lock();
    try {
      if (!known.isKnown(container)) {
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
      known.forget(container);
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
          request.spec().image(),
          fraction -> known.tell(container, new Observation.Pulling(fraction)));
    } catch (Failure.Unavailable later) {
      // There is no container yet.
      known.forget(container);
      throw later;
    }
    places.acquireUninterruptibly();
    try {
      createAndStart(container, request);
    } finally {
      places.release();
    }
  }

  private void createAndStart(Container container, ContainerRequest request) {
    WorkloadId id = container.id();
    shared.require(request.spec().attached());
    try {
      inNetwork(() -> containers.create(request));
    } catch (ConflictException exists) {
      containers.requireOurs(id);
      // Made before we were restarted: it has run, unless it only was made.
      if (!"created".equals(containers.inspect(id).getState().getStatus())) {
        known.tell(container, news.now(container));
        return;
      }
    }
    known.tell(container, new Observation.Starting());
    try {
      shared.connect(request.spec());
      inNetwork(() -> containers.start(id));
    } catch (NotModifiedException runs) {
      LOG.debug("Container {} ran already", id);
    } catch (DockerException refused) {
      if (isOursToFix(refused)) {
        throw refused;
      }
      // First: the engine tells of what is removed, and this one has not vanished.
      known.forget(container);
      containers.remove(id);
      throw new StartRefused(ExitCodes.START_FAILED, Engine.said(refused));
    }
    known.tell(container, EngineNews.running());
  }

  /** Asks once more when the engine may have missed the network: somebody may have removed it. */
  private void inNetwork(Runnable call) {
    try {
      call.run();
    } catch (NotFoundException missing) {
      if (!network.getAsBoolean()) {
        throw missing;
      }
      call.run();
    }
  }

  /** The engine answers 400 for what can never run, and 500 for that as well as for its own. */
  private static boolean isOursToFix(DockerException refused) {
    String why = Engine.said(refused);
    return refused.getHttpStatus() >= 500 && NEVER.stream().noneMatch(why::contains);
  }
}
