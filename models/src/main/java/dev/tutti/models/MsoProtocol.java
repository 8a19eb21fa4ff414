package dev.tutti.models;

import dev.tutti.core.Failure;
import dev.tutti.core.Metrics;
import dev.tutti.core.bus.Bus;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.PatientReceiver;
import dev.tutti.core.run.Receipt;
import dev.tutti.dots.Decoded;
import dev.tutti.dots.LifecycleMessage;
import dev.tutti.dots.MessageType;
import dev.tutti.dots.SimulatorName;
import dev.tutti.dots.Subscriptions;
import dev.tutti.dots.Topic;
import java.util.List;
import java.util.Optional;
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
  private static final int LONGEST_LOGGED = 200;

  private final Engine engine;
  private final Deployments deployments;
  private final Bus bus;
  private final Metrics.Counter received;
  private final Metrics.Counter refused;

  /** Registers the notices; {@link #start} begins to listen. */
  public MsoProtocol(Engine engine, Bus bus, Deployments deployments) {
    this.engine = engine;
    this.deployments = deployments;
    this.bus = bus;
    this.received =
        engine
            .metrics()
            .counter("tutti_dots_messages_total", "DOTS messages received, by name.", "message");
    this.refused =
        engine
            .metrics()
            .counter(
                "tutti_dots_messages_refused_total",
                "DOTS messages that were none, or could not be followed, by why.",
                "why");
    new Notices(engine, bus).register();
  }

  /** Subscribes to what is needed, and to nothing else. */
  public void start() {
    bus.subscribe(filters(), new PatientReceiver(engine, MsoProtocol::simulation, this::received));
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
    try {
      switch (Topic.parse(arrival.topic())) {
        case Topic.DeployModels topic -> deploy(topic, arrival);
        case Topic.ReadyForProcessing topic -> ready(topic, arrival);
        case Topic.SimulationDoneToMso topic -> done(topic, arrival);
        case Topic.Unknown(_, String reason) -> refuse(arrival, "topic", reason);
        default -> refuse(arrival, "topic", "nobody asked for it");
      }
    } catch (Failure.Unavailable later) {
      throw later;
    } catch (RuntimeException failure) {
      LOG.error("{} could not be followed", shown(arrival.topic()), failure);
      refuse(arrival, "failure", String.valueOf(failure.getMessage()));
    }
  }

  private void deploy(Topic.DeployModels topic, Bus.Arrival arrival) {
    switch (MessageType.DEPLOY_MODELS.decode(arrival.payload())) {
      case Decoded.Malformed<LifecycleMessage.DeployModels>(String reason) ->
          refuse(arrival, "payload", reason);
      case Decoded.Message<LifecycleMessage.DeployModels>(
              LifecycleMessage.DeployModels request) -> {
        received.add("DeployModels", 1);
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
      refuse(arrival, "unknown", "no deployment of this simulation is alive");
      return;
    }
    received.add("ReadyForProcessing", 1);
    DeploymentMessage message = new DeploymentMessage.Ready(topic.modelId().value());
    keys.forEach(key -> deployments.tell(key, message, acknowledging(arrival)));
  }

  private void done(Topic.SimulationDoneToMso topic, Bus.Arrival arrival) {
    received.add("SimulationDone", 1);
    deployments.tell(
        new SimulationKey(topic.simulatorName().value(), topic.simulationId().value()),
        new DeploymentMessage.SimulationDone(),
        acknowledging(arrival));
  }

  private Receipt acknowledging(Bus.Arrival arrival) {
    return new Receipt() {
      @Override
      public void decided(Optional<Object> reply) {
        arrival.acknowledge();
      }

      @Override
      public void refused(RuntimeException why) {
        // Not acknowledged while Tutti ends: the broker delivers it to the next process.
        if (!(why instanceof Failure.Unavailable)) {
          refuse(arrival, "unknown", String.valueOf(why.getMessage()));
        }
      }
    };
  }

  private void refuse(Bus.Arrival arrival, String why, String reason) {
    refused.add(why, 1);
    LOG.warn(
        "Message on {} ({} bytes) is ignored: {}",
        shown(arrival.topic()),
        arrival.payload().length,
        shown(reason));
    arrival.acknowledge();
  }

  /** What came from outside, short and on one line. */
  private static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= LONGEST_LOGGED ? line : line.substring(0, LONGEST_LOGGED) + "…";
  }
}
