package dev.tutti.core.workload;

import dev.tutti.core.Failure;
import dev.tutti.core.Message;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.run.CommandHandler;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.Receipt;
import dev.tutti.core.run.Retry;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.Document;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what {@link WorkloadCommand} asks for, on one backplane. */
public final class WorkloadHandlers {

  private static final Logger LOG = LoggerFactory.getLogger(WorkloadHandlers.class);

  private final Engine engine;
  private final Backplane backplane;
  private final Semaphore starts;
  private final int lastLines;
  private final Retry startRetry;
  // Workloads of which the owner was told something that is not durable yet.
  private final Set<String> telling = ConcurrentHashMap.newKeySet();

  /**
   * @param startsAtOnce how many workloads are started at the same time
   * @param lastLines how many last lines of an ended workload's output are kept
   */
  public WorkloadHandlers(Engine engine, Backplane backplane, int startsAtOnce, int lastLines) {
    this(engine, backplane, startsAtOnce, lastLines, Retry.ofStarts());
  }

  /** With another way to retry starts that the backplane cannot do now. */
  public WorkloadHandlers(
      Engine engine, Backplane backplane, int startsAtOnce, int lastLines, Retry startRetry) {
    this.engine = engine;
    this.backplane = backplane;
    this.starts = new Semaphore(startsAtOnce);
    this.lastLines = lastLines;
    this.startRetry = startRetry;
  }

  /** Registers the four handlers. */
  public void register() {
    engine.register(handler(WorkloadCommand.START, this::start));
    engine.register(handler(WorkloadCommand.STOP, this::stop));
    engine.register(handler(WorkloadCommand.COLLECT, this::collect));
    engine.register(handler(WorkloadCommand.REMOVE, this::remove));
  }

  private void start(Command<WorkloadCommand.OfWorkload> command) {
    starts.acquireUninterruptibly();
    try {
      // Read only now: it may have been stopped while it waited for its turn. One that is said to
      // be starting may only have its place, if the process ended that began it: starting it again
      // does nothing else.
      find(command.body().workloadId())
          .filter(
              workload -> !workload.state().ended() && workload.state() != WorkloadState.RUNNING)
          .ifPresent(this::start);
    } finally {
      starts.release();
    }
  }

  private void start(Workload workload) {
    requireToldOf(workload);
    if (workload.stopping()) {
      stoppedFirst(workload);
      return;
    }
    engine.store().space().requireForNewWork();
    try {
      backplane.start(workload.spec());
    } catch (StartRefused refused) {
      ended(workload, new Observation.Exited(refused.code(), refused.reason(), false));
    }
  }

  /** Unless it was started by a process that ended before it could note that. */
  private void stoppedFirst(Workload workload) {
    boolean there =
        backplane.list().stream().anyMatch(known -> known.id().equals(workload.workloadId()));
    if (!there) {
      ended(workload, new Observation.Exited(ExitCodes.signal(15), "Stopped before start", false));
    }
  }

  private void stop(Command<WorkloadCommand.Stop> command) {
    Optional<Workload> workload = find(command.body().workloadId());
    if (workload.isPresent() && !workload.get().state().ended()) {
      backplane.stop(workload.get().workloadId(), Duration.ofMillis(command.body().graceMillis()));
    }
  }

  private void collect(Command<WorkloadCommand.OfWorkload> command) {
    Optional<Workload> found = find(command.body().workloadId());
    if (found.isEmpty()) {
      return;
    }
    Workload workload = found.get();
    requireToldOf(workload);
    List<String> lines = workload.lastLines().isEmpty() ? lastLines(workload) : List.of();
    if (!lines.isEmpty()) {
      tellFirst(workload, new LastLinesCollected(workload.id(), lines));
    }
  }

  private List<String> lastLines(Workload workload) {
    try (InputStream log = backplane.logs(workload.workloadId(), LogOptions.last(lastLines))) {
      return LastLines.read(log, lastLines);
    } catch (Failure.NotFound nothingWasStarted) {
      return List.of();
    } catch (IOException unreadable) {
      LOG.warn("the output of {} could not be read: {}", workload.id(), unreadable.getMessage());
      return List.of();
    }
  }

  private void remove(Command<WorkloadCommand.OfWorkload> command) {
    find(command.body().workloadId()).ifPresent(w -> backplane.remove(w.workloadId()));
  }

  /** Nobody else will tell of this end: there is nothing on the backplane. */
  private void ended(Workload workload, Observation.Exited end) {
    tellFirst(workload, new WorkloadObserved(workload.id(), end));
  }

  /**
   * Tells the owner what only this command knows, and has the command wait in its lane until that
   * is durable: it would be forgotten otherwise, and what it told lost with the process.
   */
  private void tellFirst(Workload workload, Message message) {
    telling.add(workload.id());
    engine
        .strands()
        .tell(
            workload.owner(),
            message,
            new Receipt() {
              @Override
              public void decided(Optional<Object> reply) {
                telling.remove(workload.id());
                engine.lanes().nudge(WorkloadCommand.lane(workload.id()));
              }

              @Override
              public void refused(RuntimeException why) {
                telling.remove(workload.id());
                LOG.warn("{} refused news of {}: {}", workload.owner(), workload.id(), why);
              }
            });
    requireToldOf(workload);
  }

  private void requireToldOf(Workload workload) {
    if (telling.contains(workload.id())) {
      throw new Failure.Unavailable("the owner of %s has not decided yet".formatted(workload.id()));
    }
  }

  private Optional<Workload> find(String id) {
    return engine.store().find(Workload.KIND, id).map(Document::body);
  }

  private void tell(Workload workload, Observation observation) {
    engine.strands().tell(workload.owner(), new WorkloadObserved(workload.id(), observation));
  }

  /** What is done with a command; a failure for good means for a start that it is refused. */
  private <T extends Record> CommandHandler<T> handler(CommandKind<T> kind, Action<T> action) {
    return new CommandHandler<>() {
      @Override
      public CommandKind<T> kind() {
        return kind;
      }

      @Override
      public void execute(Command<T> command) {
        action.execute(command);
      }

      @Override
      public Retry retry() {
        return kind.equals(WorkloadCommand.START) ? startRetry : Retry.patiently();
      }

      @Override
      public void delayed(Command<T> command, RuntimeException cause, int tries, Duration next) {
        if (command.body() instanceof WorkloadCommand.OfWorkload(String id)
            && kind.equals(WorkloadCommand.START)
            && !telling.contains(id)) {
          StartDelayed delayed =
              new StartDelayed(id, String.valueOf(cause.getMessage()), tries, next);
          engine.strands().tell(command.owner(), delayed);
        }
      }

      @Override
      public void failed(Command<T> command, RuntimeException cause) {
        if (command.body() instanceof WorkloadCommand.OfWorkload(String id)
            && kind.equals(WorkloadCommand.START)) {
          String reason = "StartFailed: " + cause.getMessage();
          find(id)
              .ifPresent(
                  w -> tell(w, new Observation.Exited(ExitCodes.START_FAILED, reason, false)));
        }
      }
    };
  }

  @FunctionalInterface
  private interface Action<T extends Record> {
    void execute(Command<T> command);
  }
}
