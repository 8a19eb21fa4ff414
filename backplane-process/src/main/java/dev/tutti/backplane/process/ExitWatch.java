package dev.tutti.backplane.process;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells at once when a process ends, be it our child or not. One thread waits for all of them; it
 * must be a platform thread, because the wait is inside the kernel.
 */
final class ExitWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ExitWatch.class);
  private static final int AT_ONCE = 64;

  private final String boot;
  private final int poll;
  private final int wake;
  private final Map<Integer, Runnable> watched = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  ExitWatch(String boot) throws IOException {
    this.boot = boot;
    this.poll = Linux.newPoll();
    this.wake = Linux.newEvent();
    Linux.pollFor(poll, wake);
    this.thread = Thread.ofPlatform().name("process-exits").daemon().start(this::watch);
  }

  /**
   * Runs the task on the watching thread once the process has ended.
   *
   * @return false when there is no such process any more; the task will not run
   */
  boolean add(ProcessIdentity process, Runnable ended) {
    Optional<Integer> descriptor = process.open(boot);
    if (descriptor.isEmpty()) {
      return false;
    }
    watched.put(descriptor.get(), ended);
    try {
      Linux.pollFor(poll, descriptor.get());
      return true;
    } catch (IOException e) {
      watched.remove(descriptor.get());
      Linux.close(descriptor.get());
      throw new IllegalStateException("cannot watch process " + process.pid(), e);
    }
  }

  private void watch() {
    while (!closed) {
      try {
        for (int descriptor : Linux.poll(poll, AT_ONCE)) {
          if (descriptor != wake) {
            ended(descriptor);
          }
        }
      } catch (IOException e) {
        LOG.error("Ends of processes are no longer seen until the next start", e);
        return;
      }
    }
  }

  private void ended(int descriptor) {
    Runnable task = watched.remove(descriptor);
    Linux.reap(descriptor);
    Linux.close(descriptor);
    if (task == null) {
      return;
    }
    try {
      task.run();
    } catch (RuntimeException e) {
      // One bad end must not hide those of all others.
      LOG.error("The end of a process could not be handled", e);
    }
  }

  /** The processes go on. */
  @Override
  public void close() {
    closed = true;
    Linux.raise(wake);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    watched.keySet().forEach(Linux::close);
    watched.clear();
    Linux.close(wake);
    Linux.close(poll);
  }
}
