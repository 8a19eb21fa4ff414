package dev.tutti.cli;

import dev.tutti.api.ClientFailure;
import dev.tutti.api.EventFollower;
import dev.tutti.api.EventFollower.Patience;
import dev.tutti.api.EventView;
import dev.tutti.api.ModelView;
import dev.tutti.api.Resource;
import dev.tutti.api.TuttiClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a board up to date. Events only tell which deployment changed; what is shown is read from
 * the server afterwards, for all events that came in the meantime at once. So a hundred models that
 * end together cost a few requests, and after a lost connection one look at everything is enough.
 */
final class ModelWatch {
  private static final int MOST_WAITING = 10_000;
  private static final String OWNER_KIND = "deployment:";

  private final TuttiClient client;
  private final @Nullable String deployment;
  private final ModelBoard board;
  private final Consumer<String> notes;
  private final Map<String, ModelView> known = new LinkedHashMap<>();
  private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(MOST_WAITING);

  /**
   * Watches nothing yet.
   *
   * @param deployment id of the only deployment to show; null for the newest of all simulations
   */
  ModelWatch(
      TuttiClient client, @Nullable String deployment, ModelBoard board, Consumer<String> notes) {
    this.client = client;
    this.deployment = deployment;
    this.board = board;
    this.notes = notes;
  }

  /** Blocks until all models have ended, if that is to end it; else until it fails. */
  void run(Patience patience, boolean untilEnded) throws InterruptedException {
    Thread reader = Thread.ofVirtual().name("events").start(() -> follow(patience));
    try {
      do {
        handle(nextSignals());
      } while (!untilEnded || !board.allEnded());
    } finally {
      reader.interrupt();
    }
  }

  private void follow(Patience patience) {
    @Nullable String owner =
        deployment == null ? null : OWNER_KIND + DeploymentId.of(deployment).owner();
    try {
      new EventFollower<>(
              client,
              EventView.class,
              null,
              owner == null ? Map.of() : Map.of("owner", owner),
              patience)
          .follow(
              new EventFollower.Listener<>() {
                @Override
                public void connected() {
                  signal(new Connected());
                }

                @Override
                public boolean happened(EventView event) {
                  return signal(new Happened(event));
                }

                @Override
                public void lost(ClientFailure failure) {
                  signal(new Lost(failure));
                }
              });
    } catch (ClientFailure failure) {
      signal(new Ended(failure));
    } catch (InterruptedException _) {
      // Whoever watched has left.
      Thread.currentThread().interrupt();
    }
  }

  private boolean signal(Signal signal) {
    try {
      signals.put(signal);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private List<Signal> nextSignals() throws InterruptedException {
    List<Signal> next = new ArrayList<>();
    next.add(signals.take());
    signals.drainTo(next);
    return next;
  }

  private void handle(List<Signal> next) {
    boolean everything = false;
    Set<String> changed = new HashSet<>();
    for (Signal signal : next) {
      switch (signal) {
        case Connected _ -> {
          everything = true;
          board.note("");
        }
        case Happened(EventView event) -> changed.addAll(deploymentOf(event));
        case Lost(ClientFailure failure) -> {
          String lost = failure.getMessage() + "; trying again";
          board.note(lost);
          notes.accept(lost);
        }
        case Ended(ClientFailure failure) -> throw failure;
      }
    }
    if (everything) {
      refresh(deployment);
    } else {
      changed.forEach(this::refresh);
    }
  }

  /**
   * Events belong to the simulation id, whose attempts follow one another; the subject tells which.
   */
  private Set<String> deploymentOf(EventView event) {
    String owner = event.owner();
    if (!owner.startsWith(OWNER_KIND)
        || event.subject().length() <= owner.length() - OWNER_KIND.length()) {
      return Set.of();
    }
    int attempt = owner.length() - OWNER_KIND.length() + 1;
    int end = event.subject().indexOf('~', attempt);
    return Set.of(end < 0 ? event.subject() : event.subject().substring(0, end));
  }

  /** Reads the models of a deployment, or all of them. */
  private void refresh(@Nullable String id) {
    Map<String, String> filter = id == null ? Map.of() : Map.of("deployment", id);
    List<ModelView> read = client.list(Resource.MODELS, filter);
    known.values().removeIf(model -> id == null || model.deployment().equals(id));
    read.forEach(model -> known.put(model.id(), model));
    List<ModelView> all = List.copyOf(known.values());
    List<ModelView> shown =
        deployment == null ? all.stream().filter(DeploymentId.newestOf(all)).toList() : all;
    board.retain(shown.stream().map(ModelView::id).collect(Collectors.toSet()));
    board.update(shown);
  }

  /** What the thread that reads events has to say. */
  private sealed interface Signal {}

  private record Connected() implements Signal {}

  private record Happened(EventView event) implements Signal {}

  private record Lost(ClientFailure failure) implements Signal {}

  private record Ended(ClientFailure failure) implements Signal {}
}
