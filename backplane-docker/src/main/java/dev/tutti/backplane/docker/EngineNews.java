package dev.tutti.backplane.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Event;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.WorkloadId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of our containers, as the engine tells it in its events and shows it in its list:
 * the list is looked at for what the events did not tell.
 */
final class EngineNews {

  private static final Logger LOG = LoggerFactory.getLogger(EngineNews.class);
  private static final Duration REASON_WITHIN = Duration.ofMillis(500);
  private static final Observation REMOVED = new Observation.Vanished("The container was removed");

  private final Marks marks;
  private final ContainerCalls containers;
  private final KnownContainers known;

  EngineNews(Marks marks, ContainerCalls containers, KnownContainers known) {
    this.marks = marks;
    this.containers = containers;
    this.known = known;
  }

  static Observation running() {
    return new Observation.Running("");
  }

  /** Learns what an earlier process has left; nobody listens yet. */
  void takeOver() {
    for (var seen : containers.all()) {
      marks
          .workload(seen.getLabels())
          .ifPresent(id -> {
            Container container = known.of(id);
            if (isState(seen, "running")) {
              container.recall(running());
            } else if (!isState(seen, "created")) {
              known.tell(container, ending(container));
            }
          });
    }
  }

  /** Asks the engine for all, and tells what the events did not. */
  void compare() {
    // Who is known now was given to the engine before it was asked.
    Set<Container> missing = known.all();
    for (var seen : containers.all()) {
      Optional<WorkloadId> id = marks.workload(seen.getLabels());
      if (id.isEmpty()) {
        continue;
      }
      Container container = known.of(id.get());
      missing.remove(container);
      if (container.ended() || isState(seen, "created")) {
        continue;
      }
      known.tell(container, isState(seen, "running") ? running() : ending(container));
    }
    for (Container container : missing) {
      boolean wasThere =
          container.observed().map(Observed::observation).filter(o -> !isEarly(o)).isPresent();
      if (wasThere) {
        gone(container);
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

  /** Somebody else has removed it. */
  void gone(Container container) {
    known.tell(container, REMOVED);
  }

  /** What the engine tells. */
  void happened(Event event) {
    Map<String, String> attributes =
        event.getActor() == null || event.getActor().getAttributes() == null
            ? Map.of()
            : event.getActor().getAttributes();
    marks
        .workload(attributes)
        .flatMap(known::find)
        .ifPresent(it -> happened(it, String.valueOf(event.getAction()), attributes));
  }

  private void happened(Container container, String action, Map<String, String> attributes) {
    switch (action) {
      case "start" -> known.tell(container, running());
      case "oom" -> container.foundOutOfMemory();
      case "die" -> died(container, ending(container, attributes.get("exitCode")));
      case "destroy" -> gone(container);
      default -> LOG.trace("{}: {}", container.id(), action);
    }
  }

  /** What the engine shows of it now. */
  Observation now(Container container) {
    InspectContainerResponse.ContainerState state = containers.inspect(container.id()).getState();
    return Boolean.TRUE.equals(state.getRunning()) ? running() : ending(container);
  }

  /** How one that has ended did, as the engine shows it. */
  Observation ending(Container container) {
    try {
      InspectContainerResponse.ContainerState state = containers.inspect(container.id()).getState();
      Long code = state.getExitCodeLong();
      return Endings.of(
          code == null ? ExitCodes.VANISHED : code.intValue(),
          Boolean.TRUE.equals(state.getOOMKilled()));
    } catch (NotFoundException gone) {
      return REMOVED;
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
              known.tell(container, Endings.of(exited.code(), memory));
            } catch (InterruptedException end) {
              Thread.currentThread().interrupt();
            }
          });
    } else {
      known.tell(container, seen);
    }
  }
}
