package dev.tutti.backplane.process;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells at once when a process ends, be it our child or not. One thread waits for all of them; it
 * must be a platform thread, because the wait is inside the kernel.
 */
final class ExitWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ExitWatch.class);
  private static final int AT_ONCE = 64;
  private static final long WAKE = 0;

  private record Watched(int descriptor, Runnable ended) {}

  private final String boot;
  private final int poll;
  private final int wake;
  private final Map<Long, Watched> watched = new ConcurrentHashMap<>();

  /** Descriptors are given again as soon as they are closed; keys never are. */
  private final AtomicLong keys = new AtomicLong(WAKE);

  private final Thread thread;
  private volatile boolean closed;

  ExitWatch(String boot) throws IOException {
    this.boot = boot;
    this.poll = Linux.newPoll();
    this.wake = Linux.newEvent();
    Linux.pollFor(poll, wake, WAKE);
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
    long key = keys.incrementAndGet();
    watched.put(key, new Watched(descriptor.get(), ended));
    try {
      Linux.pollFor(poll, descriptor.get(), key);
      return true;
    } catch (IOException e) {
      watched.remove(key);
      Linux.close(descriptor.get());
      throw new IllegalStateException("cannot watch process " + process.pid(), e);
    }
  }

  private void watch() {
    while (!closed) {
      try {
        for (long key : Linux.poll(poll, AT_ONCE)) {
          Watched process = watched.remove(key);
          if (process != null) {
            ended(process);
          }
        }
      } catch (IOException e) {
        LOG.error("Ends of processes are no longer seen until the next start", e);
        return;
      }
    }
  }

  private void ended(Watched process) {
    Linux.pollNoMore(poll, process.descriptor());
    Linux.reap(process.descriptor());
    Linux.close(process.descriptor());
    try {
      process.ended().run();
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
    watched.values().forEach(process -> Linux.close(process.descriptor()));
    watched.clear();
    Linux.close(wake);
    Linux.close(poll);
  }
}
