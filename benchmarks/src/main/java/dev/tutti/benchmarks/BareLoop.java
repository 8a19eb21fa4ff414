package dev.tutti.benchmarks;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A message to each of so many, an answer from each, and again: a step without an orchestrator. */
final class BareLoop {

  private BareLoop() {}

  /** Milliseconds of each round, after a warm-up. */
  static List<Double> run(int port, int models, int warmUp, int rounds) throws Exception {
    byte[] payload = new byte[57];
    List<FastModels.Out> messages =
        IntStream.range(0, models)
            .mapToObj(i -> new FastModels.Out("/bench/go/sim/model-" + i, payload))
            .toList();
    Semaphore done = new Semaphore(0);
    AtomicInteger answers = new AtomicInteger();
    Mqtt3AsyncClient asker = FastModels.connected(port);
    try (FastModels _ =
        new FastModels(
            port,
            List.of("/bench/go/sim/+"),
            topic -> List.of(new FastModels.Out(topic.replace("/go/", "/done/"), new byte[0])))) {
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
