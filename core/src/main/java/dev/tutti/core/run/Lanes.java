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
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
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
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Executor executor;
  private final Alarms alarms;
  private final InstantSource clock;
  private final Store store;
  private final Metrics.Counter executed;
  private final Map<String, CommandHandler<?>> handlers = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Lane> lanes = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Lanes(Executor executor, Alarms alarms, InstantSource clock, Store store, Metrics metrics) {
    this.executor = executor;
    this.alarms = alarms;
    this.clock = clock;
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
    private Alarms.Alarm retry = () -> {};
    private boolean waiting;

    Lane(String name) {
      this.name = name;
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

    void retryNow() {
      lock.lock();
      try {
        if (waiting) {
          waiting = false;
          retry.cancel();
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
        if (command.kind().delivery() == Delivery.NEVER_TWICE) {
          if (!handler.reachable()) {
            throw new Failure.Unavailable("the receiver of %s is away".formatted(command.kind()));
          }
          store.commit(Transaction.of(new Write.MarkSent(command.number())));
        }
        handler.execute(command);
        executed.add(command.kind().name(), 1);
        forget(command);
        return true;
      } catch (Failure.Unavailable unavailable) {
        LOG.debug("{} waits in lane {}: {}", command.kind(), name, unavailable.getMessage());
        pause();
        return false;
      } catch (Failure.OutcomeUnknown unknown) {
        if (command.kind().delivery() == Delivery.REPEATABLE) {
          pause();
          return false;
        }
        fail(handler, command, unknown);
        return true;
      } catch (RuntimeException failure) {
        return gaveUp(handler, command, failure);
      }
    }

    private <T extends Record> boolean gaveUp(
        CommandHandler<T> handler, Command<T> command, RuntimeException failure) {
      if (tries + 1 < ATTEMPTS) {
        LOG.debug("{} in lane {} failed, to be tried again", command.kind(), name, failure);
        pause();
        return false;
      }
      fail(handler, command, failure);
      return true;
    }

    private <T extends Record> void fail(
        CommandHandler<T> handler, Command<T> command, RuntimeException failure) {
      LOG.warn("{} of {} failed for good", command.kind(), command.owner(), failure);
      handler.failed(command, failure);
      forget(command);
    }

    private void forget(Command<?> command) {
      store.commitSoon(Transaction.of(new Write.ForgetCommand(command.number())));
    }

    private void pause() {
      lock.lock();
      try {
        long millis = FIRST_PAUSE.toMillis() << Math.min(tries, 10);
        millis = Math.min(millis, LONGEST_PAUSE.toMillis());
        millis += ThreadLocalRandom.current().nextLong(millis / 4 + 1);
        tries++;
        waiting = true;
        retry = alarms.at(clock.instant().plusMillis(millis), this::retryNow);
      } finally {
        lock.unlock();
      }
    }
  }
}
