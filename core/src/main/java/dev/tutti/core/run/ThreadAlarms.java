package dev.tutti.core.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Alarms kept by one thread, which hands each task to an executor when it is due. */
public final class ThreadAlarms implements Alarms, AutoCloseable {

  private final ScheduledThreadPoolExecutor schedule;
  private final Executor executor;
  private final InstantSource clock;

  public ThreadAlarms(Executor executor, InstantSource clock) {
    this.executor = executor;
    this.clock = clock;
    this.schedule =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("alarms").daemon().factory());
    schedule.setRemoveOnCancelPolicy(true);
    schedule.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Alarm at(Instant due, Runnable task) {
    long delay = Math.max(0, Duration.between(clock.instant(), due).toMillis());
    try {
      ScheduledFuture<?> future =
          schedule.schedule(() -> executor.execute(task), delay, TimeUnit.MILLISECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException closed) {
      return () -> {};
    }
  }

  @Override
  public void close() {
    schedule.shutdownNow();
  }
}
