package dev.tutti.benchmarks;

import dev.tutti.dots.LifecycleMessage;
import dev.tutti.dots.ModelId;
import dev.tutti.dots.SimulationId;
import dev.tutti.dots.SimulatorName;
import dev.tutti.dots.Topic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The models of a simulation and their model services orchestrator, as fast as they can be. They
 * know when steps began.
 */
final class SteppedModels implements AutoCloseable {

  private static final SimulatorName NAME = new SimulatorName("dots-so");
  private static final byte[] EMPTY = new LifecycleMessage.CalculationsDone().encode();
  private static final byte[] DATUM = new byte[50];
  private static final String DATA = "/data/";
  private static final String PREFIX = "pv-service-";

  /**
   * What a model says, made once: what models need for it is not the orchestrator's.
   *
   * @param datum what it calculated
   * @param done CalculationsDone
   */
  private record Model(int number, FastModels.Out datum, FastModels.Out done) {}

  private final FastModels connection;
  private final Map<String, Model> models = new ConcurrentHashMap<>();
  private final Map<Integer, FastModels.Out> done = new ConcurrentHashMap<>();
  private final List<Long> begun = Collections.synchronizedList(new ArrayList<>());
  private int asked;
  private volatile int size = 1;
  private volatile Optional<Ring> ring = Optional.empty();
  private volatile CountDownLatch over = new CountDownLatch(0);

  SteppedModels(int port) throws Exception {
    connection =
        new FastModels(
            port,
            List.of(
                "/lifecycle/dots-so/model/+/+/+",
                "/lifecycle/dots-so/mso/+/+",
                DATA + "pv_service/model/+/+/power"),
            this::answer);
  }

  /**
   * Gets ready for the next simulation.
   *
   * @param exchange whether each model waits for what the one before it calculates
   */
  void expect(int count, boolean exchange) {
    size = count;
    asked = 0;
    begun.clear();
    models.clear();
    done.clear();
    ring = exchange ? Optional.of(new Ring(count)) : Optional.empty();
    over = new CountDownLatch(1);
  }

  private List<FastModels.Out> answer(String topic) {
    if (topic.endsWith("/NewStep")) {
      return stepped(models.computeIfAbsent(topic, SteppedModels::model));
    }
    if (topic.startsWith(DATA)) {
      return received(topic);
    }
    return switch (Topic.parse(topic)) {
      case Topic.ModelParameters(SimulationId simulation, ModelId model) ->
          List.of(out(new Topic.Parameterized(simulation, model)));
      case Topic.DeployModels(_, SimulationId simulation) ->
          List.of(out(new Topic.ModelsReady(NAME, simulation)));
      case Topic.SimulationDoneToMso(_, SimulationId simulation) -> {
        over.countDown();
        yield List.of(out(new Topic.AllModelsHaveTerminated(NAME, simulation)));
      }
      default -> List.of();
    };
  }

  private static Model model(String newStep) {
    if (Topic.parse(newStep) instanceof Topic.NewStep(SimulationId simulation, ModelId model)) {
      int number = Integer.parseInt(model.value().substring(PREFIX.length()));
      return new Model(
          number,
          new FastModels.Out(
              DATA + "pv_service/model/" + simulation.value() + "/" + number + "/power", DATUM),
          out(new Topic.CalculationsDone(simulation, model)));
    }
    throw new IllegalArgumentException(newStep);
  }

  private List<FastModels.Out> stepped(Model model) {
    if (asked++ % size == 0) {
      begun.add(System.nanoTime());
    }
    if (ring.isEmpty()) {
      return List.of(model.done());
    }
    done.putIfAbsent(model.number(), model.done());
    return ring.get().asked(model.number())
        ? List.of(model.datum(), model.done())
        : List.of(model.datum());
  }

  private List<FastModels.Out> received(String topic) {
    int end = topic.lastIndexOf('/');
    int number = Integer.parseInt(topic.substring(topic.lastIndexOf('/', end - 1) + 1, end));
    Ring exchanging = ring.orElseThrow();
    int next = exchanging.after(number);
    // Who is done with it was asked for the step before.
    return exchanging.received(next)
        ? List.of(Optional.ofNullable(done.get(next)).orElseThrow())
        : List.of();
  }

  /** All messages of models to orchestrators are empty. */
  private static FastModels.Out out(Topic topic) {
    return new FastModels.Out(topic.text(), EMPTY);
  }

  /** Waits for the end, and gives the milliseconds from each step to the next. */
  List<Double> await(int steps, long seconds) throws InterruptedException {
    if (!over.await(seconds, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the simulation did not end; %d steps".formatted(asked));
    }
    if (begun.size() != steps) {
      throw new IllegalStateException("%d steps were heard of".formatted(begun.size()));
    }
    return IntStream.range(1, steps)
        .mapToObj(i -> (begun.get(i) - begun.get(i - 1)) / 1e6)
        .toList();
  }

  @Override
  public void close() {
    connection.close();
  }
}
