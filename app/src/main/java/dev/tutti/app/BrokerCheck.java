package dev.tutti.app;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Health;
import dev.tutti.core.bus.Bus;
import dev.tutti.core.doctor.Check;
import dev.tutti.core.doctor.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether our connection stands, and whether a new client can connect and publish, and how fast.
 */
final class BrokerCheck implements Check {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int MESSAGES = 5;

  /** Nagle's algorithm and delayed acknowledgements together cost 40 ms. */
  private static final long SLOW_MILLIS = 30;

  private final MessageBroker broker;
  private final Bus ours;

  BrokerCheck(MessageBroker broker, Bus ours) {
    this.broker = broker;
    this.ours = ours;
  }

  @Override
  public String name() {
    return "broker";
  }

  @Override
  public List<Finding> look(boolean deep) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    Health health = ours.health();
    findings.add(
        health.healthy()
            ? Finding.ok(this, "Connected to %s.".formatted(broker))
            : Finding.error(
                this,
                health.detail(),
                "Start the broker, or correct MQTT_HOST, MQTT_PORT and the account; notices wait and leave by themselves then."));
    findings.add(fresh());
    return findings;
  }

  private Finding fresh() throws InterruptedException {
    try (Bus bus = broker.connect("tutti-doctor")) {
      Connections.await(bus, CONNECT);
      long millis = median(bus);
      if (millis >= SLOW_MILLIS) {
        return Finding.warning(
            this,
            "A new client connected; a message at QoS 1 takes %d ms.".formatted(millis),
            broker.embedded()
                ? "The machine is overloaded: see memory and processors."
                : "With Mosquitto, 'set_tcp_nodelay true' takes 40 ms off each message; see also its load and the network.");
      }
      return Finding.ok(
          this, "A new client connected; a message at QoS 1 takes %d ms.".formatted(millis));
    } catch (Failure failure) {
      return Finding.error(
          this,
          "A new client could not connect and publish: %s".formatted(failure.problem().detail()),
          "Check host, port, account and rights at the broker %s.".formatted(broker));
    }
  }

  /** To a topic that nobody subscribes to. */
  private static long median(Bus bus) {
    long[] millis = new long[MESSAGES];
    for (int i = 0; i < MESSAGES; i++) {
      long begun = System.nanoTime();
      bus.publish("/tutti/doctor", new byte[0]);
      millis[i] = (System.nanoTime() - begun) / 1_000_000;
    }
    Arrays.sort(millis);
    return millis[MESSAGES / 2];
  }
}
