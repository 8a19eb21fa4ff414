package dev.tutti.broker;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.utils.ActiveMQThreadPoolExecutor;

/**
 * Where the broker's work is done. What follows from a message that a network thread routes, its
 * delivery first of all, follows on that thread as soon as it holds no lock: each change of thread
 * costs more than the work. Everything else goes to a pool.
 */
final class BrokerThreads extends AbstractExecutorService {
  /** So that one busy topic does not keep the network thread from its other clients. */
  private static final int AT_ONCE = 64;

  private static final int MOST_THREADS = 30;
  private static final int IDLE_SECONDS = 10;
  private static final ScopedValue<ArrayDeque<Runnable>> FOLLOWING = ScopedValue.newInstance();

  private final ExecutorService pool =
      new ActiveMQThreadPoolExecutor(
          0,
          MOST_THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          Thread.ofPlatform().daemon().name("broker-work-", 0).factory());

  /** Routes, then does what follows from it. */
  void route(Runnable routing) {
    ArrayDeque<Runnable> following = new ArrayDeque<>();
    ScopedValue.where(FOLLOWING, following)
        .run(() -> {
          routing.run();
          for (int i = 0; i < AT_ONCE && !following.isEmpty(); i++) {
            following.poll().run();
          }
        });
    following.forEach(pool::execute);
  }

  @Override
  public void execute(Runnable task) {
    if (FOLLOWING.isBound()) {
      FOLLOWING.get().add(task);
    } else {
      pool.execute(task);
    }
  }

  /** A thread for what Artemis would write to disk: with nothing on disk, it sleeps. */
  static ExecutorService idle(String name) {
    ThreadPoolExecutor idle =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name(name).factory(),
            // Artemis hands it work even after it told it to stop, and lets the refusal escape.
            new ThreadPoolExecutor.DiscardPolicy());
    idle.allowCoreThreadTimeOut(true);
    return idle;
  }

  @Override
  public void shutdown() {
    pool.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return pool.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return pool.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return pool.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return pool.awaitTermination(timeout, unit);
  }
}
