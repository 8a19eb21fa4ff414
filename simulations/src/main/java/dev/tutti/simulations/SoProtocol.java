package dev.tutti.simulations;

import dev.tutti.core.Failure;
import dev.tutti.core.Metrics;
import dev.tutti.core.bus.Bus;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.PatientReceiver;
import dev.tutti.core.run.Receipt;
import dev.tutti.dots.Decoded;
import dev.tutti.dots.LifecycleMessage;
import dev.tutti.dots.MessageType;
import dev.tutti.dots.ModelId;
import dev.tutti.dots.SimulationId;
import dev.tutti.dots.SimulatorName;
import dev.tutti.dots.Subscriptions;
import dev.tutti.dots.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The simulation orchestrator's side of the DOTS protocol: what MSO and models say becomes messages
 * to simulations, and what simulations decide is told to them. What needs a decision is
 * acknowledged to the broker when that is durable; an answer that is only counted, at once
 * (decision record 0013). A message that is none harms only itself.
 */
public final class SoProtocol {

  private static final Logger LOG = LoggerFactory.getLogger(SoProtocol.class);
  private static final int LONGEST_LOGGED = 200;
  private static final int SIMULATION = 4;
  private static final int LONGEST_JSON = 256 << 10;

  private final Engine engine;
  private final Bus bus;
  private final Simulations simulations;
  private final Answers answers;
  private final JsonMapper json = JsonMapper.builder().build();
  private final Metrics.Counter received;
  private final Metrics.Counter refused;

  /** Registers what executes the commands of simulations; {@link #start} begins to listen. */
  public SoProtocol(Engine engine, Bus bus, Simulations simulations) {
    this.engine = engine;
    this.bus = bus;
    this.simulations = simulations;
    this.answers = new Answers(engine, simulations.rolls());
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
    new SimulationHandlers(engine, bus, simulations, answers).register();
  }

  /**
   * Subscribes to what is needed, and begins to ask models that everybody waits for where they are.
   * Logs come by a thread of their own: they must not hold up a step.
   */
  public void start() {
    bus.subscribe(
        Subscriptions.so(new SimulatorName(simulations.settings().simulatorName())),
        new PatientReceiver(engine, SoProtocol::simulation, this::received));
    bus.subscribe(Subscriptions.logs(), this::logged);
    askAgain();
  }

  private void askAgain() {
    engine
        .alarms()
        .at(
            engine.clock().instant().plus(simulations.settings().askEvery()),
            () -> {
              try {
                simulations.rolls().forEach(this::askIfOpen);
              } finally {
                askAgain();
              }
            });
  }

  private void askIfOpen(String simulation, Roll roll) {
    if (roll.openFor(simulations.settings().askEvery())) {
      try {
        bus.publish(new Topic.WhereAreYou(new SimulationId(simulation)).text(), new byte[0]);
      } catch (Failure away) {
        LOG.debug("models of {} are not asked now: {}", simulation, away.getMessage());
      }
    }
  }

  private void received(Bus.Arrival arrival) {
    try {
      switch (Topic.parse(arrival.topic())) {
        case Topic.CalculationsDone(SimulationId simulation, ModelId model) -> {
          answers.calculationsDone(simulation.value(), model.value());
          followed("CalculationsDone", arrival);
        }
        case Topic.Parameterized(SimulationId simulation, ModelId model) -> {
          answers.parameterized(simulation.value(), model.value());
          followed("Parameterized", arrival);
        }
        case Topic.Announcement(SimulationId simulation, ModelId model) ->
            announced(simulation, model, arrival);
        case Topic.ModelsReady(_, SimulationId simulation) ->
            tell("ModelsReady", simulation, new SimulationMessage.ModelsReady(), arrival);
        case Topic.ModelHasTerminated(_, SimulationId simulation, ModelId model) ->
            terminated(simulation, model, arrival);
        case Topic.AllModelsHaveTerminated(_, SimulationId simulation) ->
            tell("AllModelsHaveTerminated", simulation, new SimulationMessage.AllEnded(), arrival);
        case Topic.ErrorOccurred(SimulationId simulation, ModelId model) ->
            error(simulation, model, arrival);
        case Topic.UnhealthyModel(_, SimulationId simulation, ModelId model) ->
            tell(
                "UnhealthyModel",
                simulation,
                new SimulationMessage.Unhealthy(model.value()),
                arrival);
        case Topic.Reason(_, SimulationId simulation, ModelId model) ->
            explained(simulation, model, arrival);
        case Topic.Unknown(_, String reason) -> refuse(arrival, "topic", reason);
        default -> refuse(arrival, "topic", "nobody asked for it");
      }
    } catch (Failure.Unavailable later) {
      // Not acknowledged: it waits and is tried again.
      throw later;
    } catch (RuntimeException failure) {
      LOG.error("{} could not be followed", shown(arrival.topic()), failure);
      refuse(arrival, "failure", String.valueOf(failure.getMessage()));
    }
  }

  private void followed(String message, Bus.Arrival arrival) {
    received.add(message, 1);
    arrival.acknowledge();
  }

  private void announced(SimulationId simulation, ModelId model, Bus.Arrival arrival) {
    Optional<Announced> where = json(Announced.class, arrival);
    if (where.isPresent()) {
      answers.announced(simulation.value(), model.value(), where.get());
      followed("Announcement", arrival);
    }
  }

  private void terminated(SimulationId simulation, ModelId model, Bus.Arrival arrival) {
    switch (MessageType.MODEL_HAS_TERMINATED.decode(arrival.payload())) {
      case Decoded.Malformed<LifecycleMessage.ModelHasTerminated>(String reason) ->
          refuse(arrival, "payload", reason);
      case Decoded.Message<LifecycleMessage.ModelHasTerminated>(
              LifecycleMessage.ModelHasTerminated message) ->
          ofModel(simulation, model, arrival)
              .ifPresent(service ->
                  tell(
                      "ModelHasTerminated",
                      simulation,
                      new SimulationMessage.ModelEnded(model.value(), service, message.exitCode()),
                      arrival));
    }
  }

  /** An error that cannot be read is an error too. */
  private void error(SimulationId simulation, ModelId model, Bus.Arrival arrival) {
    String text =
        switch (MessageType.ERROR_OCCURRED.decode(arrival.payload())) {
          case Decoded.Malformed<LifecycleMessage.ErrorOccurred>(String reason) ->
              "Its error cannot be read: " + reason;
          case Decoded.Message<LifecycleMessage.ErrorOccurred>(
                  LifecycleMessage.ErrorOccurred message) ->
              message.message().isBlank() ? "It gave no text." : message.message();
        };
    ofModel(simulation, model, arrival)
        .ifPresent(service ->
            tell(
                "ErrorOccurred",
                simulation,
                new SimulationMessage.ErrorOccurred(model.value(), service, text),
                arrival));
  }

  private void explained(SimulationId simulation, ModelId model, Bus.Arrival arrival) {
    json(ReasonText.class, arrival)
        .ifPresent(reason ->
            tell(
                "Reason",
                simulation,
                new SimulationMessage.Explained(model.value(), reason.text(), reason.lines()),
                arrival));
  }

  /** The service of a model; a model that nobody knows cannot end a simulation. */
  private Optional<String> ofModel(SimulationId simulation, ModelId model, Bus.Arrival arrival) {
    Optional<String> service = simulations.service(simulation.value(), model.value());
    if (service.isEmpty()) {
      refuse(arrival, "unknown", "there is no such model");
    }
    return service;
  }

  private <T> Optional<T> json(Class<T> type, Bus.Arrival arrival) {
    if (arrival.payload().length <= LONGEST_JSON) {
      try {
        return Optional.ofNullable(json.readValue(arrival.payload(), type));
      } catch (JacksonException unreadable) {
        refuse(arrival, "payload", unreadable.getOriginalMessage());
        return Optional.empty();
      }
    }
    refuse(arrival, "payload", "it is larger than %d bytes".formatted(LONGEST_JSON));
    return Optional.empty();
  }

  private void tell(
      String name, SimulationId simulation, SimulationMessage message, Bus.Arrival arrival) {
    received.add(name, 1);
    engine
        .strands()
        .tell(
            Simulation.owner(simulation.value()),
            message,
            new Receipt() {
              @Override
              public void decided(Optional<Object> reply) {
                arrival.acknowledge();
              }

              @Override
              public void refused(RuntimeException why) {
                refuse(arrival, "unknown", String.valueOf(why.getMessage()));
              }
            });
  }

  private void logged(Bus.Arrival arrival) {
    try {
      if (Topic.parse(arrival.topic()) instanceof Topic.Log(SimulationId simulation, ModelId model)
          && simulations.service(simulation.value(), model.value()).isPresent()) {
        simulations
            .logs()
            .append(
                simulation.value(),
                model.value(),
                new String(arrival.payload(), StandardCharsets.UTF_8),
                engine.clock().instant());
      }
    } catch (RuntimeException lost) {
      LOG.warn("a line on {} is lost: {}", shown(arrival.topic()), lost.getMessage());
    }
    arrival.acknowledge();
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

  /** What has an order of its own: messages of one simulation. */
  private static String simulation(String topic) {
    String[] segments = topic.split("/", -1);
    return segments.length > SIMULATION ? segments[SIMULATION] : "";
  }

  /** What came from outside, short and on one line. */
  private static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= LONGEST_LOGGED ? line : line.substring(0, LONGEST_LOGGED) + "…";
  }
}
