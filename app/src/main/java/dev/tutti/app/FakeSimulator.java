package dev.tutti.app;

import dev.tutti.core.bus.Bus;
import dev.tutti.dots.Decoded;
import dev.tutti.dots.EnvironmentVariable;
import dev.tutti.dots.LifecycleMessage.DeployModels;
import dev.tutti.dots.LifecycleMessage.ModelHasTerminated;
import dev.tutti.dots.MessageType;
import dev.tutti.dots.ModelConfiguration;
import dev.tutti.dots.SimulationId;
import dev.tutti.dots.SimulatorName;
import dev.tutti.dots.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A simulation orchestrator that simulates nothing: it asks for the four models of the original
 * README's scenario, of which one crashes before it is ready and one after, and hears how they end.
 * It works with every model services orchestrator that speaks DOTS.
 */
final class FakeSimulator {

  static final String SIMULATOR_ID = "204-asd";
  static final int MODELS = 4;
  private static final int LAST_THAT_CRASHES = 2;

  /**
   * What models are told about the broker.
   *
   * @param host as seen from a model
   */
  record BrokerForModels(String host, int port, String username, String password) {

    /** Without the password: records end up in logs. */
    @Override
    public String toString() {
      return "%s:%d, account %s".formatted(host, port, username);
    }
  }

  private final Bus bus;
  private final SimulatorName name;
  private final SimulationId simulation;
  private final Consumer<String> told;
  private final Map<String, Integer> exitCodes = new ConcurrentSkipListMap<>();
  private final CountDownLatch allTerminated = new CountDownLatch(1);

  /**
   * @param told hears every notice in one line
   */
  FakeSimulator(Bus bus, SimulatorName name, SimulationId simulation, Consumer<String> told) {
    this.bus = bus;
    this.name = name;
    this.simulation = simulation;
    this.told = told;
  }

  /** Listens, and then asks for the models. */
  void deploy(BrokerForModels broker) {
    bus.subscribe(List.of("/lifecycle/mso/%s/%s/#".formatted(name, simulation)), this::received);
    List<ModelConfiguration> models = new ArrayList<>();
    for (int i = 0; i < MODELS; i++) {
      models.add(model(i, broker));
    }
    DeployModels request = new DeployModels(SIMULATOR_ID, models, 0);
    bus.publish(new Topic.DeployModels(name, simulation).text(), request.encode());
  }

  private ModelConfiguration model(int index, BrokerForModels broker) {
    String id = index + "-model";
    List<EnvironmentVariable> variables = new ArrayList<>();
    variables.add(new EnvironmentVariable("MQTT_HOST", broker.host()));
    variables.add(new EnvironmentVariable("MQTT_PORT", String.valueOf(broker.port())));
    variables.add(new EnvironmentVariable("SIMULATOR_ID", "so01"));
    variables.add(new EnvironmentVariable("SIMULATION_ID", simulation.value()));
    variables.add(new EnvironmentVariable("MODEL_ID", id));
    variables.add(new EnvironmentVariable("MQTT_USERNAME", broker.username()));
    variables.add(new EnvironmentVariable("MQTT_PASSWORD", broker.password()));
    if (index > 0 && index <= LAST_THAT_CRASHES) {
      variables.add(new EnvironmentVariable("EXIT_CODE", String.valueOf(index)));
    }
    return new ModelConfiguration(id, "fake_model:0.0.1", variables);
  }

  private void received(Bus.Arrival arrival) {
    switch (Topic.parse(arrival.topic())) {
      case Topic.ModelsReady _ -> told.accept("ModelsReady");
      case Topic.ModelHasTerminated topic -> terminated(topic.modelId().value(), arrival.payload());
      case Topic.AllModelsHaveTerminated _ -> {
        told.accept("AllModelsHaveTerminated");
        allTerminated.countDown();
      }
      default -> told.accept("unexpected: " + arrival.topic());
    }
    arrival.acknowledge();
  }

  private void terminated(String model, byte[] payload) {
    switch (MessageType.MODEL_HAS_TERMINATED.decode(payload)) {
      case Decoded.Message<ModelHasTerminated>(ModelHasTerminated message) -> {
        exitCodes.put(model, message.exitCode());
        told.accept(
            "ModelHasTerminated %s: %s, exit code %d"
                .formatted(model, message.status(), message.exitCode()));
      }
      case Decoded.Malformed<ModelHasTerminated>(String reason) ->
          told.accept("ModelHasTerminated %s: %s".formatted(model, reason));
    }
  }

  /** Waits for AllModelsHaveTerminated; false when it did not come in time. */
  boolean await(Duration atMost) throws InterruptedException {
    return allTerminated.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Exit codes of the models that ended, by model. */
  Map<String, Integer> exitCodes() {
    return Map.copyOf(exitCodes);
  }
}
