package dev.tutti.models;

import dev.tutti.core.bus.Bus;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.PatientReceiver;
import dev.tutti.core.run.Reception;
import dev.tutti.dots.Decoded;
import dev.tutti.dots.LifecycleMessage;
import dev.tutti.dots.MessageType;
import dev.tutti.dots.SimulatorName;
import dev.tutti.dots.Subscriptions;
import dev.tutti.dots.Topic;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model services orchestrator's side of the DOTS protocol: what simulators and models say
 * becomes messages to deployments, and what deployments decide becomes notices. A message is
 * acknowledged to the broker when what follows from it is durable. One that is no message harms
 * only itself: it is counted, logged with its topic, and acknowledged.
 */
public final class MsoProtocol {

  private static final Logger LOG = LoggerFactory.getLogger(MsoProtocol.class);

  private final Engine engine;
  private final Deployments deployments;
  private final Bus bus;
  private final Reception reception;

  /** Registers the notices; {@link #start} begins to listen. */
  public MsoProtocol(Engine engine, Bus bus, Deployments deployments) {
    this.engine = engine;
    this.deployments = deployments;
    this.bus = bus;
    this.reception = new Reception(engine.metrics(), "DOTS", LOG);
    new Notices(engine, bus).register();
  }

  /** Subscribes to what is needed, and to nothing else. */
  public void start() {
    bus.subscribe(
        filters(),
        new PatientReceiver(engine, MsoProtocol::simulation, reception.guarded(this::received)));
  }

  private List<String> filters() {
    return deployments.settings().simulatorNames().stream()
        .flatMap(name -> Subscriptions.mso(new SimulatorName(name)).stream())
        .distinct()
        .toList();
  }

  /** Messages of one simulation are followed in their order; those of others need not wait. */
  private static String simulation(String topic) {
    return switch (Topic.parse(topic)) {
      case Topic.DeployModels parsed -> parsed.simulationId().value();
      case Topic.ReadyForProcessing parsed -> parsed.simulationId().value();
      case Topic.SimulationDoneToMso parsed -> parsed.simulationId().value();
      default -> "";
    };
  }

  private void received(Bus.Arrival arrival) {
    switch (Topic.parse(arrival.topic())) {
      case Topic.DeployModels topic -> deploy(topic, arrival);
      case Topic.ReadyForProcessing topic -> ready(topic, arrival);
      case Topic.SimulationDoneToMso topic -> done(topic, arrival);
      case Topic.Unknown(_, String reason) -> reception.refuse(arrival, "topic", reason);
      default -> reception.refuse(arrival, "topic", "nobody asked for it");
    }
  }

  private void deploy(Topic.DeployModels topic, Bus.Arrival arrival) {
    switch (MessageType.DEPLOY_MODELS.decode(arrival.payload())) {
      case Decoded.Malformed<LifecycleMessage.DeployModels>(String reason) ->
          reception.refuse(arrival, "payload", reason);
      case Decoded.Message<LifecycleMessage.DeployModels>(
              LifecycleMessage.DeployModels request) -> {
        reception.count("DeployModels");
        deployments.deploy(
            new SimulationKey(topic.simulatorName().value(), topic.simulationId().value()),
            request,
            arrival::acknowledge);
      }
    }
  }

  /** The topic does not say for which simulator, so every name that has the simulation is told. */
  private void ready(Topic.ReadyForProcessing topic, Bus.Arrival arrival) {
    List<SimulationKey> keys =
        deployments.settings().simulatorNames().stream()
            .map(name -> new SimulationKey(name, topic.simulationId().value()))
            .filter(deployments::isAlive)
            .toList();
    if (keys.isEmpty()) {
      reception.refuse(arrival, "unknown", "no deployment of this simulation is alive");
      return;
    }
    reception.count("ReadyForProcessing");
    DeploymentMessage message = new DeploymentMessage.Ready(topic.modelId().value());
    keys.forEach(key -> deployments.tell(key, message, reception.acknowledging(arrival)));
  }

  private void done(Topic.SimulationDoneToMso topic, Bus.Arrival arrival) {
    reception.count("SimulationDone");
    deployments.tell(
        new SimulationKey(topic.simulatorName().value(), topic.simulationId().value()),
        new DeploymentMessage.SimulationDone(),
        reception.acknowledging(arrival));
  }
}
