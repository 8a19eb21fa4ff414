package dev.tutti.http;

import dev.tutti.core.surface.EventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Events of one subscriber, given by the test. */
final class TestFeed implements EventSource {

  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final AtomicInteger open;

  /**
   * Makes one.
   *
   * @param open counts those that are open
   */
  TestFeed(AtomicInteger open) {
    this.open = open;
    open.incrementAndGet();
  }

  TestFeed give(String id, String type, Object data) {
    events.add(new Event(id, type, data));
    return this;
  }

  @Override
  public List<Event> next(Duration atMost) throws InterruptedException {
    Event first = events.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
    List<Event> batch = new ArrayList<>();
    if (first != null) {
      batch.add(first);
      events.drainTo(batch);
    }
    return batch;
  }

  @Override
  public void close() {
    open.decrementAndGet();
  }
}
