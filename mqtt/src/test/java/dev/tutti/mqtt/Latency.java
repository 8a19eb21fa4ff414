package dev.tutti.mqtt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/** Measures the bus on both brokers. Not a test: figures need a quiet machine and a reader. */
final class Latency {
  private static final byte[] PAYLOAD = new byte[200];
  private static final int WARM_UP = 300_000;
  private static final int MEASURED = 20_000;
  private static final Duration STEPPED = Duration.ofSeconds(3);

  private Latency() {}

  public static void main(String[] arguments) throws Exception {
    try (TestBroker embedded = new Embedded()) {
      measure("embedded", embedded);
    }
    try (TestBroker mosquitto = new Mosquitto()) {
      measure("mosquitto", mosquitto);
    }
    try (TestBroker mosquitto = new Mosquitto(List.of("set_tcp_nodelay true"))) {
      measure("mosquitto, no delay", mosquitto);
    }
  }

  private static void measure(String name, TestBroker broker) throws Exception {
    try (MqttBus sender = connected(broker);
        MqttBus receiver = connected(broker)) {
      publishMany(sender, WARM_UP, 64);
      publishMany(sender, WARM_UP / 10, 1);
      one(name, sender);
      many(name, sender);
      roundTrips(name, sender, receiver);
      throughput(name, sender, receiver);
      steps(name, sender, receiver, 3);
      steps(name, sender, receiver, 50);
    }
  }

  private static void one(String name, MqttBus sender) {
    long[] nanos = new long[MEASURED];
    long begin = System.nanoTime();
    for (int i = 0; i < MEASURED; i++) {
      long sent = System.nanoTime();
      sender.publish("/bench/acknowledged", PAYLOAD);
      nanos[i] = System.nanoTime() - sent;
    }
    print(name, "publish to PUBACK, 1 publisher", nanos, System.nanoTime() - begin);
  }

  private static void many(String name, MqttBus sender) throws Exception {
    long took = publishMany(sender, MEASURED * 5, 64);
    System.out.printf(
        "%-20s %-34s %,d messages/s%n",
        name, "publish to PUBACK, 64 publishers", MEASURED * 5 * 1_000_000_000L / took);
  }

  private static void roundTrips(String name, MqttBus sender, MqttBus receiver) throws Exception {
    SynchronousQueue<String> handed = new SynchronousQueue<>();
    receiver.subscribe(
        List.of("/bench/trip"),
        arrival -> {
          arrival.acknowledge();
          try {
            handed.put(arrival.topic());
          } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
          }
        });
    long[] nanos = new long[MEASURED];
    long begin = System.nanoTime();
    for (int i = 0; i < MEASURED; i++) {
      long sent = System.nanoTime();
      sender.publish("/bench/trip", PAYLOAD);
      handed.take();
      nanos[i] = System.nanoTime() - sent;
    }
    print(name, "publish to receiver", nanos, System.nanoTime() - begin);
  }

  private static void throughput(String name, MqttBus sender, MqttBus receiver) throws Exception {
    int messages = MEASURED * 2;
    CountDownLatch received = new CountDownLatch(messages);
    receiver.subscribe(
        List.of("/bench/throughput"),
        arrival -> {
          arrival.acknowledge();
          received.countDown();
        });
    long begin = System.nanoTime();
    publishTo("/bench/throughput", sender, messages, 64);
    received.await();
    System.out.printf(
        "%-20s %-34s %,d messages/s%n",
        name, "64 publishers to receiver", messages * 1_000_000_000L / (System.nanoTime() - begin));
  }

  /** What a simulation does: a message to each model, an answer from each, and so on. */
  private static void steps(String name, MqttBus sender, MqttBus receiver, int models)
      throws Exception {
    String prefix = "/bench/step" + models;
    SynchronousQueue<Boolean> done = new SynchronousQueue<>();
    int[] answers = new int[1];
    receiver.subscribe(
        List.of(prefix + "/go/+"),
        arrival -> {
          receiver.publish(arrival.topic().replace("/go/", "/done/"), PAYLOAD);
          arrival.acknowledge();
        });
    sender.subscribe(
        List.of(prefix + "/done/+"),
        arrival -> {
          arrival.acknowledge();
          if (++answers[0] == models) {
            answers[0] = 0;
            try {
              done.put(true);
            } catch (InterruptedException interrupted) {
              throw new IllegalStateException(interrupted);
            }
          }
        });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long begin = System.nanoTime();
      int count = 0;
      while (System.nanoTime() - begin < STEPPED.toNanos()) {
        count++;
        List<Future<?>> sent = new ArrayList<>();
        for (int model = 0; model < models; model++) {
          String topic = prefix + "/go/" + model;
          sent.add(threads.submit(() -> sender.publish(topic, PAYLOAD)));
        }
        for (Future<?> each : sent) {
          each.get();
        }
        done.take();
      }
      System.out.printf(
          "%-20s %-34s %,d steps/s%n",
          name, models + " models, one step", count * 1_000_000_000L / (System.nanoTime() - begin));
    }
  }

  private static long publishMany(MqttBus sender, int messages, int publishers) throws Exception {
    return publishTo("/bench/many", sender, messages, publishers);
  }

  private static long publishTo(String topic, MqttBus sender, int messages, int publishers)
      throws Exception {
    long begin = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int publisher = 0; publisher < publishers; publisher++) {
        all.add(
            threads.submit(() -> {
              for (int i = 0; i < messages / publishers; i++) {
                sender.publish(topic, PAYLOAD);
              }
            }));
      }
      for (Future<?> each : all) {
        each.get(60, TimeUnit.SECONDS);
      }
    }
    return System.nanoTime() - begin;
  }

  private static MqttBus connected(TestBroker broker) throws InterruptedException {
    MqttBus bus = MqttBus.connect(broker.settings());
    while (!bus.health().healthy()) {
      Thread.sleep(Duration.ofMillis(5));
    }
    return bus;
  }

  private static void print(String name, String what, long[] nanos, long took) {
    Arrays.sort(nanos);
    System.out.printf(
        "%-20s %-34s p50 %,d µs, p99 %,d µs, %,d messages/s%n",
        name,
        what,
        nanos[nanos.length / 2] / 1000,
        nanos[nanos.length * 99 / 100] / 1000,
        nanos.length * 1_000_000_000L / took);
  }
}
