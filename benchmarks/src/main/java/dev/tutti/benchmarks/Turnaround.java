package dev.tutti.benchmarks;

import dev.tutti.core.backplane.Health;
import dev.tutti.core.bus.Bus;
import java.util.ArrayList;
import java.util.List;

/**
 * A bus that times what is the orchestrator's alone: from the arrival of the last CalculationsDone
 * until all NewStep have left.
 */
final class Turnaround implements Bus {

  private final Bus bus;
  private final List<Double> millis = new ArrayList<>();
  private volatile long answered;

  Turnaround(Bus bus) {
    this.bus = bus;
  }

  /** One for each step since the last time this was asked. */
  synchronized List<Double> taken() {
    List<Double> all = List.copyOf(millis);
    millis.clear();
    return all;
  }

  @Override
  public void publishAtMostOnce(List<Outgoing> messages) {
    bus.publishAtMostOnce(messages);
    if (messages.getFirst().topic().endsWith("/NewStep") && answered != 0) {
      add((System.nanoTime() - answered) / 1e6);
    }
  }

  private synchronized void add(double taken) {
    millis.add(taken);
  }

  @Override
  public void subscribe(List<String> filters, Receiver receiver) {
    bus.subscribe(
        filters,
        arrival -> {
          if (arrival.topic().endsWith("/CalculationsDone")) {
            answered = System.nanoTime();
          }
          receiver.received(arrival);
        });
  }

  @Override
  public void publish(String topic, byte[] payload) {
    bus.publish(topic, payload);
  }

  @Override
  public void publishAll(List<Outgoing> messages) {
    bus.publishAll(messages);
  }

  @Override
  public void publishRetained(String topic, byte[] payload) {
    bus.publishRetained(topic, payload);
  }

  @Override
  public Health health() {
    return bus.health();
  }

  @Override
  public void onConnected(Runnable action) {
    bus.onConnected(action);
  }

  @Override
  public long reconnects() {
    return bus.reconnects();
  }

  @Override
  public void close() {
    bus.close();
  }
}
