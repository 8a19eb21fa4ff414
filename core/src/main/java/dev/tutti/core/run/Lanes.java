package dev.tutti.core.run;

import dev.tutti.core.Failure;
import dev.tutti.core.Metrics;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.Delivery;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes commands after their decision is durable. Commands of one lane run one after another, in
 * order; lanes run in parallel. A command that finds its receiver unavailable, or a repeatable one
 * of which nobody knows whether it arrived, waits in its lane and is tried again with growing
 * delay; any other failure is tried three times and then reported.
 */
public final class Lanes {

  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
  private static final int ATTEMPTS = 3;

  private final Executor executor;
  private final Time time;
  private final Store store;
  private final Metrics.Counter executed;
  private final Map<String, CommandHandler<?>> handlers = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Lane> lanes = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Lanes(Executor executor, Time time, Store store, Metrics metrics) {
    this.executor = executor;
    this.time = time;
    this.store = store;
    this.executed = metrics.counter("tutti_commands_total", "Commands executed, by kind.", "kind");
  }

  void handle(CommandHandler<?> handler) {
    handlers.put(handler.kind().name(), handler);
  }

  List<CommandKind<?>> kinds() {
    return handlers.values().stream().<CommandKind<?>>map(CommandHandler::kind).toList();
  }

  /** Adds commands to their lanes in the order given. */
  void submit(List<Command<?>> commands) {
    for (Command<?> command : commands) {
      lanes.compute(
          command.lane(),
          (name, existing) -> {
            Lane lane = existing == null ? new Lane(name) : existing;
            lane.add(command);
            return lane;
          });
    }
  }

  /** Reports a command that may have been sent by an earlier process, and forgets it. */
  void giveUp(Command<?> command) {
    report(command);
    store.commitSoon(Transaction.of(new Write.ForgetCommand(command.number())));
  }

  private <T extends Record> void report(Command<T> command) {
    handler(command)
        .failed(
            command,
            new Failure.OutcomeUnknown(
                "%s may have been sent before the last stop; it is not sent again"
                    .formatted(command.kind())));
  }

  private <T extends Record> CommandHandler<T> handler(Command<T> command) {
    @SuppressWarnings("unchecked") // handlers are registered under the name of their kind
    CommandHandler<T> handler = (CommandHandler<T>) handlers.get(command.kind().name());
    if (handler == null) {
      throw new IllegalStateException("nobody handles commands of kind " + command.kind());
    }
    return handler;
  }

  /** Lets a lane that waits for its receiver try again at once. */
  public void nudge(String name) {
    Lane lane = lanes.get(name);
    if (lane != null) {
      lane.retryNow();
    }
  }

  /** What waits in a lane; empty when nothing does. */
  public Optional<LaneStatus> status(String name) {
    return Optional.ofNullable(lanes.get(name)).flatMap(Lane::status);
  }

  /** What waits in all lanes, in no order. */
  public List<LaneStatus> statuses() {
    return lanes.values().stream().flatMap(lane -> lane.status().stream()).toList();
  }

  /** The commands that wait in a lane, the one that is next or being executed first. */
  public List<Command<?>> waiting(String name) {
    Lane lane = lanes.get(name);
    return lane == null ? List.of() : lane.waiting();
  }

  /** The lanes of which the name begins so and which wait for their receiver. */
  List<String> waitingForReceiver(String prefix) {
    return lanes.values().stream()
        .filter(lane -> lane.name.startsWith(prefix) && lane.isWaiting())
        .map(lane -> lane.name)
        .toList();
  }

  /** How many lanes have something to do. */
  int busy() {
    return lanes.size();
  }

  /** Takes no new step in any lane; what waits stays in the store. */
  void close() {
    closed = true;
  }

  private final class Lane {

    private final String name;
    // Guards the queue and whether a thread works on it.
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Command<?>> queue = new ArrayDeque<>();
    private boolean working;
    private int tries;
    private Alarms.Alarm retrying = () -> {};
    // What was executed or failed for good is not executed again because the store is away.
    private boolean done;
    private Optional<RuntimeException> unreported = Optional.empty();
    private boolean waiting;
    // For who asks why: when the first command became the first, and what its last try said.
    private Instant since;
    private String lastFailure = "";
    private Instant nextTry = Instant.EPOCH;

    Lane(String name) {
      this.name = name;
      this.since = time.clock().instant();
    }

    Optional<LaneStatus> status() {
      lock.lock();
      try {
        Command<?> first = queue.peek();
        return first == null
            ? Optional.empty()
            : Optional.of(
                new LaneStatus(
                    name,
                    first.kind().name(),
                    first.owner(),
                    queue.size(),
                    since,
                    tries,
                    lastFailure,
                    waiting ? Optional.of(nextTry) : Optional.empty()));
      } finally {
        lock.unlock();
      }
    }

    List<Command<?>> waiting() {
      lock.lock();
      try {
        return List.copyOf(queue);
      } finally {
        lock.unlock();
      }
    }

    void add(Command<?> command) {
      lock.lock();
      try {
        queue.add(command);
        if (!working) {
          working = true;
          executor.execute(this::work);
        }
      } finally {
        lock.unlock();
      }
    }

    boolean isWaiting() {
      lock.lock();
      try {
        return waiting;
      } finally {
        lock.unlock();
      }
    }

    void retryNow() {
      lock.lock();
      try {
        if (waiting) {
          waiting = false;
          retrying.cancel();
          executor.execute(this::work);
        }
      } finally {
        lock.unlock();
      }
    }

    private void work() {
      while (!closed) {
        Command<?> next;
        lock.lock();
        try {
          next = queue.peek();
        } finally {
          lock.unlock();
        }
        if (next == null) {
          if (retired()) {
            return;
          }
        } else if (execute(next)) {
          lock.lock();
          try {
            queue.remove();
            tries = 0;
            lastFailure = "";
            since = time.clock().instant();
            done = false;
            unreported = Optional.empty();
          } finally {
            lock.unlock();
          }
        } else {
          return;
        }
      }
    }

    /**
     * Leaves the map when there is nothing left; within compute, so that no command can slip in.
     */
    private boolean retired() {
      lanes.computeIfPresent(
          name,
          (_, lane) -> {
            lock.lock();
            try {
              working = !queue.isEmpty();
              return working ? lane : null;
            } finally {
              lock.unlock();
            }
          });
      lock.lock();
      try {
        return !working;
      } finally {
        lock.unlock();
      }
    }

    /** Whether the command is dealt with; if not, a retry is set. */
    private <T extends Record> boolean execute(Command<T> command) {
      CommandHandler<T> handler = handler(command);
      try {
        store.space().requireForCommands();
        if (!done) {
          attempt(handler, command);
          done = true;
        }
        conclude(handler, command);
        return true;
      } catch (Failure.Unavailable unavailable) {
        LOG.debug("{} waits in lane {}: {}", command.kind(), name, unavailable.getMessage());
        return later(handler, command, unavailable);
      } catch (Failure.OutcomeUnknown unknown) {
        if (command.kind().delivery() == Delivery.REPEATABLE) {
          return later(handler, command, unknown);
        }
        return fail(command, unknown);
      } catch (RuntimeException failure) {
        return gaveUp(command, failure);
      }
    }

    /** Sets a retry, unless that was the last one. */
    private <T extends Record> boolean later(
        CommandHandler<T> handler, Command<T> command, Failure failure) {
      Retry retry = handler.retry();
      int soFar = tries + 1;
      // What is done, or has failed for good, only waits to be told and forgotten.
      if (!done && retry.isLast(soFar)) {
        return fail(command, failure);
      }
      if (retry.growsAfter(soFar)) {
        handler.delayed(command, failure, soFar, retry.pauseAfter(soFar));
      }
      pause(retry, failure);
      return false;
    }

    private <T extends Record> void attempt(CommandHandler<T> handler, Command<T> command) {
      if (command.kind().delivery() == Delivery.NEVER_TWICE) {
        if (!handler.reachable()) {
          throw new Failure.Unavailable("the receiver of %s is away".formatted(command.kind()));
        }
        store.commit(Transaction.of(new Write.MarkSent(command.number())));
      }
      handler.execute(command);
      executed.add(command.kind().name(), 1);
    }

    private boolean gaveUp(Command<?> command, RuntimeException failure) {
      if (done || tries + 1 < ATTEMPTS) {
        LOG.debug("{} in lane {} failed, to be tried again", command.kind(), name, failure);
        pause(Retry.patiently(), failure);
        return false;
      }
      return fail(command, failure);
    }

    /** Reports a failure for good; while the store takes nothing, that waits as well. */
    private boolean fail(Command<?> command, RuntimeException failure) {
      LOG.warn("{} of {} failed for good", command.kind(), command.owner(), failure);
      done = true;
      unreported = Optional.of(failure);
      return execute(command);
    }

    private <T extends Record> void conclude(CommandHandler<T> handler, Command<T> command) {
      if (unreported.isPresent()) {
        report(handler, command, unreported.get());
        unreported = Optional.empty();
      }
      forget(command);
    }

    private <T extends Record> void report(
        CommandHandler<T> handler, Command<T> command, RuntimeException failure) {
      try {
        handler.failed(command, failure);
      } catch (Failure.Unavailable later) {
        throw later;
      } catch (RuntimeException unheard) {
        LOG.error("nobody hears that {} failed", command.kind(), unheard);
      }
    }

    /**
     * Spreads lanes that wait for the same thing; by their names, so that a run can be repeated.
     */
    private RandomGenerator chance() {
      return new SplittableRandom(name.hashCode() * 31L + tries * 7_919L);
    }

    private void forget(Command<?> command) {
      if (command.kind().delivery() == Delivery.NOT_KEPT) {
        return;
      }
      store.commitSoon(Transaction.of(new Write.ForgetCommand(command.number())));
    }

    private void pause(Retry retry, RuntimeException failure) {
      lock.lock();
      try {
        lastFailure = failure instanceof Failure f ? f.problem().sentence() : failure.toString();
        tries++;
        waiting = true;
        Duration pause = retry.withChance(retry.pauseAfter(tries), chance());
        nextTry = time.clock().instant().plus(pause);
        retrying = time.alarms().at(nextTry, this::retryNow);
      } finally {
        lock.unlock();
      }
    }
  }
}
