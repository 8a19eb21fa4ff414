package dev.tutti.benchmarks;

import dev.tutti.core.backplane.Health;
import dev.tutti.core.bus.Bus;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A bus without a broker: what is published is heard at once, and what is delivered arrives in
 * order on one thread, as the broker's does.
 */
final class MemoryBus implements Bus {

  // Never compared.
  @SuppressWarnings("ArrayRecordComponent")
  private record Delivery(String topic, byte[] payload) implements Arrival {
    @Override
    public void acknowledge() {
      // Nobody delivers again.
    }
  }

  private final BiConsumer<String, byte[]> published;
  private final LinkedBlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  private volatile @Nullable Thread thread;

  /**
   * @param published hears what is published, on the publisher's thread
   */
  MemoryBus(BiConsumer<String, byte[]> published) {
    this.published = published;
  }

  /** Delivers a message to whoever subscribed. */
  void deliver(String topic, byte[] payload) {
    deliveries.add(new Delivery(topic, payload));
  }

  @Override
  public void publish(String topic, byte[] payload) {
    published.accept(topic, payload);
  }

  @Override
  public void publishRetained(String topic, byte[] payload) {
    published.accept(topic, payload);
  }

  @Override
  public void subscribe(List<String> filters, Receiver receiver) {
    thread =
        Thread.ofVirtual()
            .name("memory-bus")
            .start(() -> {
              try {
                while (true) {
                  receiver.received(deliveries.take());
                }
              } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
              }
            });
  }

  @Override
  public Health health() {
    return Health.good();
  }

  @Override
  public long reconnects() {
    return 0;
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
