package dev.tutti.models;

import dev.tutti.core.bus.Bus;
import dev.tutti.core.run.CommandHandler;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.CommandKind;
import dev.tutti.dots.DotsMessage;
import dev.tutti.dots.LifecycleMessage;
import dev.tutti.dots.ModelId;
import dev.tutti.dots.SimulationId;
import dev.tutti.dots.SimulatorName;
import dev.tutti.dots.TerminationStatus;
import dev.tutti.dots.Topic;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends {@link Notice}s to simulators, as the DOTS protocol says them. */
final class Notices {

  private static final Logger LOG = LoggerFactory.getLogger("dev.tutti.models");

  private final Engine engine;
  private final Bus bus;

  Notices(Engine engine, Bus bus) {
    this.engine = engine;
    this.bus = bus;
  }

  void register() {
    engine.register(handler(Notice.MODELS_READY, this::modelsReady));
    engine.register(handler(Notice.MODEL_HAS_TERMINATED, this::modelHasTerminated));
    engine.register(handler(Notice.ALL_MODELS_HAVE_TERMINATED, this::allModelsHaveTerminated));
    engine.register(handler(Notice.REASON, this::reason));
    // Their pauses have grown while there was no broker.
    bus.onConnected(() -> engine.nudge(Notice.LANES));
  }

  private void modelsReady(Notice.ModelsReady notice) {
    publish(
        new Topic.ModelsReady(
            new SimulatorName(notice.simulatorName()), new SimulationId(notice.simulationId())),
        new LifecycleMessage.ModelsReady());
    LOG.info(
        "All models in simulation {} are running. Send out ModelsReady.", notice.simulationId());
  }

  /** A model whose id cannot be part of a topic is told of by its reason alone. */
  private void modelHasTerminated(Notice.ModelHasTerminated notice) {
    if (ModelId.problem(notice.modelId()).isPresent()) {
      return;
    }
    publish(
        new Topic.ModelHasTerminated(
            new SimulatorName(notice.simulatorName()),
            new SimulationId(notice.simulationId()),
            new ModelId(notice.modelId())),
        new LifecycleMessage.ModelHasTerminated(
            notice.exitCode() == 0 ? TerminationStatus.SUCCESSFULL : TerminationStatus.FAILED,
            notice.exitCode()));
    LOG.info(
        "Model {}/{} has terminated. Send out ModelHasTerminated.",
        notice.simulationId(),
        notice.modelId());
  }

  private void allModelsHaveTerminated(Notice.AllModelsHaveTerminated notice) {
    publish(
        new Topic.AllModelsHaveTerminated(
            new SimulatorName(notice.simulatorName()), new SimulationId(notice.simulationId())),
        new LifecycleMessage.AllModelsHaveTerminated());
    LOG.info(
        "All models for simulation {} have terminated. Send out AllModelsHaveTerminated.",
        notice.simulationId());
  }

  private void reason(Notice.Reason notice) {
    SimulatorName name = new SimulatorName(notice.simulatorName());
    SimulationId simulation = new SimulationId(notice.simulationId());
    boolean ofModel = ModelId.problem(notice.modelId()).isEmpty();
    String topic =
        ofModel
            ? new Topic.Reason(name, simulation, new ModelId(notice.modelId())).text()
            : "/tutti/mso/%s/%s/Reason".formatted(name, simulation);
    bus.publish(topic, json(notice).getBytes(StandardCharsets.UTF_8));
  }

  private void publish(Topic topic, DotsMessage message) {
    bus.publish(topic.text(), message.encode());
  }

  private static String json(Notice.Reason notice) {
    StringBuilder json = new StringBuilder("{");
    field(json, "simulation", notice.simulationId()).append(',');
    if (!notice.modelId().isEmpty()) {
      field(json, "model", notice.modelId()).append(',');
      json.append("\"exitCode\":").append(notice.exitCode()).append(',');
    }
    field(json, "reason", notice.reason());
    if (!notice.lastLines().isEmpty()) {
      json.append(",\"lastLines\":[");
      for (String line : notice.lastLines()) {
        text(json, line).append(',');
      }
      json.setCharAt(json.length() - 1, ']');
    }
    return json.append('}').toString();
  }

  private static StringBuilder field(StringBuilder json, String name, String value) {
    return text(json.append('"').append(name).append("\":"), value);
  }

  private static StringBuilder text(StringBuilder json, String value) {
    json.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        default -> {
          if (c < ' ') {
            json.append("\\u%04x".formatted((int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.append('"');
  }

  private <T extends Record> CommandHandler<T> handler(CommandKind<T> kind, Consumer<T> send) {
    return new CommandHandler<>() {
      @Override
      public CommandKind<T> kind() {
        return kind;
      }

      @Override
      public void execute(Command<T> command) {
        send.accept(command.body());
      }

      @Override
      public boolean reachable() {
        return bus.health().healthy();
      }

      @Override
      public void failed(Command<T> command, RuntimeException cause) {
        LOG.error("{} of {}: {}", kind, command.owner(), cause.getMessage());
        if (!kind.equals(Notice.REASON)) {
          String why = kind + ": " + cause.getMessage();
          engine.strands().tell(command.owner(), new DeploymentMessage.NoticeInDoubt(why));
        }
      }
    };
  }
}
