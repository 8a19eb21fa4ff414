package dev.tutti.benchmarks;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A message to each of so many, an answer from each, and again: a step without an orchestrator. */
final class BareLoop {

  private static final byte[] EMPTY = {};
  private static final byte[] DATUM = new byte[50];

  private BareLoop() {}

  /** Milliseconds of each round, after a warm-up. */
  static List<Double> run(int port, int models, int warmUp, int rounds) throws Exception {
    return run(
        port,
        models,
        warmUp,
        rounds,
        topic -> List.of(new FastModels.Out(topic.replace("/go/", "/done/"), EMPTY)));
  }

  /** The same with a message from each to the next one, which answers when it has both. */
  static List<Double> exchange(int port, int models, int warmUp, int rounds) throws Exception {
    Ring ring = new Ring(models);
    return run(port, models, warmUp, rounds, topic -> exchange(ring, topic));
  }

  private static List<FastModels.Out> exchange(Ring ring, String topic) {
    int model = Integer.parseInt(topic.substring(topic.lastIndexOf('-') + 1));
    if (topic.startsWith("/bench/data/")) {
      int next = ring.after(model);
      return ring.received(next) ? List.of(done(next)) : List.of();
    }
    FastModels.Out datum = new FastModels.Out(topic.replace("/go/", "/data/"), DATUM);
    return ring.asked(model) ? List.of(datum, done(model)) : List.of(datum);
  }

  private static FastModels.Out done(int model) {
    return new FastModels.Out("/bench/done/sim/model-" + model, EMPTY);
  }

  private static List<Double> run(
      int port, int models, int warmUp, int rounds, Function<String, List<FastModels.Out>> answer)
      throws Exception {
    byte[] payload = new byte[57];
    List<FastModels.Out> messages =
        IntStream.rangeClosed(1, models)
            .mapToObj(i -> new FastModels.Out("/bench/go/sim/model-" + i, payload))
            .toList();
    Semaphore done = new Semaphore(0);
    AtomicInteger answers = new AtomicInteger();
    Mqtt3AsyncClient asker = FastModels.connected(port);
    try (FastModels _ =
        new FastModels(port, List.of("/bench/go/sim/+", "/bench/data/sim/+"), answer)) {
      var _ =
          asker
              .subscribeWith()
              .topicFilter("/bench/done/sim/+")
              .qos(MqttQos.AT_MOST_ONCE)
              .callback(_ -> {
                if (answers.incrementAndGet() % models == 0) {
                  done.release();
                }
              })
              .send()
              .get(10, TimeUnit.SECONDS);
      List<Double> millis = new ArrayList<>();
      for (int round = 0; round < warmUp + rounds; round++) {
        Stopwatch watch = new Stopwatch();
        messages.forEach(out -> {
          var _ = asker.publish(FastModels.message(out));
        });
        if (!done.tryAcquire(60, TimeUnit.SECONDS)) {
          throw new IllegalStateException("an answer was lost");
        }
        if (round >= warmUp) {
          millis.add(watch.millis());
        }
      }
      return millis;
    } finally {
      var _ = asker.disconnect().get(10, TimeUnit.SECONDS);
    }
  }
}
