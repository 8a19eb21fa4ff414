package dev.tutti.models.simulated;

import dev.tutti.dots.EnvironmentVariable;
import dev.tutti.dots.LifecycleMessage.DeployModels;
import dev.tutti.dots.ModelConfiguration;
import dev.tutti.models.SimulationKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What simulators ask for: new deployments, the same ones again, the end of a simulation. */
final class Simulators {

  static final String SILENT_IMAGE = "silent_model:0.0.1";
  static final String UNKNOWN_IMAGE = "unknown_model:0.0.1";
  private static final String KNOWN_IMAGE = "fake_model:0.0.1";
  private static final List<String> NAMES = List.of("dots-so", "dots-so", "dots-so", "essim");
  private static final List<String> SIMULATIONS = List.of("a", "b", "c");

  private final Surroundings world;
  private final Broker broker;
  private final Oracle oracle;
  private final int limit;
  private final Map<SimulationKey, byte[]> last = new HashMap<>();
  private int requests;

  Simulators(Surroundings world, Broker broker, Oracle oracle, int limit) {
    this.world = world;
    this.broker = broker;
    this.oracle = oracle;
    this.limit = limit;
  }

  private SimulationKey key() {
    return new SimulationKey(world.dice().oneOf(NAMES), world.dice().oneOf(SIMULATIONS));
  }

  void deploy() {
    Dice dice = world.dice();
    SimulationKey key = key();
    String simulatorId = "SO-" + ++requests;
    int count = dice.happens(0.05) ? limit + 1 : dice.between(0, dice.happens(0.5) ? 2 : limit);
    String prefix = dice.happens(0.7) ? "r" + requests + "-" : "m";
    List<ModelConfiguration> models = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      models.add(model(key, prefix + i, dice.happens(0.05) ? UNKNOWN_IMAGE : KNOWN_IMAGE));
    }
    send(key, simulatorId, models);
  }

  /** Asks for one model that cannot be started. */
  void deployUnknown() {
    SimulationKey key = key();
    send(key, "SO-" + ++requests, List.of(model(key, "unknown", UNKNOWN_IMAGE)));
  }

  /** Asks for one model that never becomes ready, and runs until it is stopped. */
  void deploySilent() {
    SimulationKey key = key();
    send(key, "SO-" + ++requests, List.of(model(key, "silent", SILENT_IMAGE)));
  }

  private void send(SimulationKey key, String simulatorId, List<ModelConfiguration> models) {
    double keep = world.dice().oneOf(List.of(0.0, 0.01, 1.0, 100.0, Double.NaN));
    byte[] payload = new DeployModels(simulatorId, models, keep).encode();
    world.trace().add("send DeployModels " + key + " " + simulatorId + " of " + models.size());
    last.put(key, payload);
    oracle.sent(key, simulatorId);
    broker.send(topic(key, "DeployModels"), payload);
  }

  private static ModelConfiguration model(SimulationKey key, String id, String image) {
    return new ModelConfiguration(
        id,
        image,
        List.of(
            new EnvironmentVariable("MODEL_ID", id),
            new EnvironmentVariable("SIMULATION_ID", key.simulationId())));
  }

  void deployAgain() {
    SimulationKey key = key();
    byte[] payload = last.get(key);
    if (payload != null) {
      world.trace().add("send DeployModels " + key + " again");
      broker.send(topic(key, "DeployModels"), payload);
    }
  }

  /** Sends the requests of all simulations again. */
  void sendLastAgain() {
    last.forEach((key, payload) -> broker.send(topic(key, "DeployModels"), payload));
  }

  void done() {
    SimulationKey key = key();
    world.trace().add("send SimulationDone " + key);
    broker.sendOnce(topic(key, "SimulationDone"), new byte[0]);
  }

  private static String topic(SimulationKey key, String message) {
    return "/lifecycle/%s/mso/%s/%s".formatted(key.simulatorName(), key.simulationId(), message);
  }
}
