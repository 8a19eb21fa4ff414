package dev.tutti.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.bus.Bus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A receiver that collects; it acknowledges at once, or leaves that to the test. */
public final class Inbox implements Bus.Receiver {
  private final BlockingQueue<Bus.Arrival> arrivals = new LinkedBlockingQueue<>();
  private final boolean acknowledges;

  private Inbox(boolean acknowledges) {
    this.acknowledges = acknowledges;
  }

  public static Inbox acknowledging() {
    return new Inbox(true);
  }

  public static Inbox silent() {
    return new Inbox(false);
  }

  @Override
  public void received(Bus.Arrival arrival) {
    arrivals.add(arrival);
    if (acknowledges) {
      arrival.acknowledge();
    }
  }

  public Bus.Arrival next() {
    return poll(10_000).orElseThrow(() -> new AssertionError("Nothing arrived."));
  }

  public List<String> topics(int count) {
    return IntStream.range(0, count).mapToObj(_ -> next().topic()).toList();
  }

  public void staysEmpty() {
    assertThat(poll(300).map(Bus.Arrival::topic)).isEmpty();
  }

  private Optional<Bus.Arrival> poll(long millis) {
    try {
      return Optional.ofNullable(arrivals.poll(millis, TimeUnit.MILLISECONDS));
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
