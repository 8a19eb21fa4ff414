package dev.tutti.simulations;

import dev.tutti.core.Failure;
import dev.tutti.core.Message;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.bus.Bus;
import dev.tutti.core.run.CommandHandler;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.Document;
import dev.tutti.dots.LifecycleMessage;
import dev.tutti.dots.ModelConfiguration;
import dev.tutti.dots.ModelId;
import dev.tutti.dots.SimulationId;
import dev.tutti.dots.SimulatorName;
import dev.tutti.dots.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what simulations have done: tells MSO, models and queue. */
final class SimulationHandlers {

  private static final Logger LOG = LoggerFactory.getLogger("dev.tutti.simulations");

  private final Engine engine;
  private final Bus bus;
  private final Simulations simulations;
  private final Answers answers;
  private final Inputs inputs;
  private final Rolls rolls;
  private final SimulationsSettings settings;

  SimulationHandlers(Engine engine, Bus bus, Simulations simulations, Answers answers) {
    this.engine = engine;
    this.bus = bus;
    this.simulations = simulations;
    this.answers = answers;
    this.inputs = simulations.inputs();
    this.rolls = simulations.rolls();
    this.settings = simulations.settings();
  }

  void register() {
    engine.register(handler(SimulationCommand.DEPLOY, this::deploy));
    engine.register(handler(SimulationCommand.PARAMETERS, this::parameters));
    engine.register(handler(SimulationCommand.NEW_STEP, this::newStep));
    engine.register(handler(SimulationCommand.WITHOUT, this::without));
    engine.register(handler(SimulationCommand.ASK, this::ask));
    engine.register(handler(SimulationCommand.EXPIRE, this::expire));
    engine.register(handler(SimulationCommand.END, this::end));
    engine.register(handler(SimulationCommand.BEGIN, this::begin));
    engine.register(handler(SimulationCommand.LEAVE, this::leave));
    engine.register(handler(SimulationCommand.DISCARD, simulations::discard));
  }

  private void deploy(SimulationCommand.OfRun command) {
    Optional<Simulation> simulation = current(command.simulation(), command.run());
    if (simulation.isEmpty() || !simulation.get().phase().open()) {
      return;
    }
    // From now on it is known who is ready.
    Roll _ = rolls.of(simulation.get());
    SimulationRequest request = simulation.get().request();
    String id = simulation.get().id();
    List<ModelConfiguration> models =
        inputs.models(simulation.get().provenance().plan()).stream()
            .map(model ->
                new ModelConfiguration(
                    model.modelId(),
                    model.image(),
                    settings.environment().variables(id, model.modelId(), request.logLevel())))
            .toList();
    bus.publish(
        new Topic.DeployModels(name(), new SimulationId(id)).text(),
        new LifecycleMessage.DeployModels(
                SimulationsSettings.SIMULATOR_ID, models, request.keepLogsHours())
            .encode());
  }

  private void parameters(SimulationCommand.Parameters command) {
    Optional<Simulation> simulation = current(command.simulation(), command.run());
    if (simulation.isEmpty() || simulation.get().phase() != Phase.PARAMETERISING) {
      return;
    }
    byte[] esdl =
        inputs
            .esdl(simulation.get().provenance().esdl())
            .orElseThrow(() -> new Failure.NotFound("ESDL", simulation.get().provenance().esdl()));
    String head = ModelJson.parametersHead(simulation.get().request(), esdl);
    Roll roll = rolls.of(simulation.get());
    int count = command.count();
    if (command.from() == 0) {
      long fit = Math.max(1, settings.parametersBytes() / head.length());
      count = (int) Math.min(count, fit);
      roll.openParameters(count);
    }
    bus.publishAll(
        roll.present(command.from(), count).stream()
            .map(model -> parameters(command.simulation(), head, model))
            .toList());
  }

  private static Bus.Outgoing parameters(String simulation, String head, PlannedModel model) {
    return new Bus.Outgoing(
        new Topic.ModelParameters(new SimulationId(simulation), new ModelId(model.modelId()))
            .text(),
        new LifecycleMessage.ModelParameters(head + ModelJson.parametersTail(model.esdlIds()))
            .encode());
  }

  private void newStep(SimulationCommand.NewStep command) {
    Optional<Roll> known = rolls.find(command.simulation()).filter(r -> r.run() == command.run());
    Optional<Roll> roll =
        known.isPresent() ? known : current(command.simulation(), command.run()).map(rolls::of);
    if (roll.isEmpty()) {
      return;
    }
    boolean all = command.only().isEmpty();
    if (all) {
      roll.get().open(Roll.Asked.STEP, command.step());
    }
    byte[] payload = new LifecycleMessage.NewStep(command.json()).encode();
    SimulationId simulation = new SimulationId(command.simulation());
    List<Bus.Outgoing> messages = new ArrayList<>();
    for (PlannedModel model : roll.get().takingPart()) {
      if (all || command.only().contains(model.modelId())) {
        messages.add(
            new Bus.Outgoing(
                new Topic.NewStep(simulation, new ModelId(model.modelId())).text(), payload));
      }
    }
    // A step may come late, never twice: what is lost is found by asking.
    bus.publishAtMostOnce(messages);
    if (messages.isEmpty()) {
      endIfOver(command.simulation(), roll.get(), command.step());
    }
  }

  /** A step in which nobody has a part is over when it begins. */
  private void endIfOver(String simulation, Roll roll, int step) {
    if (roll.isStepOver(step)) {
      answers.all(simulation, roll, Roll.Asked.STEP);
    }
  }

  private void without(SimulationCommand.Without command) {
    rolls
        .find(command.simulation())
        .filter(roll -> roll.run() == command.run())
        .ifPresent(roll -> {
          Roll.Asked asked = roll.asked();
          if (roll.without(command.modelId())) {
            answers.all(command.simulation(), roll, asked);
          } else if (roll.isReadyWithoutSome()) {
            answers.all(command.simulation(), roll, Roll.Asked.ANNOUNCEMENTS);
          }
        });
  }

  private void ask(SimulationCommand.Ask command) {
    Optional<Simulation> simulation = current(command.simulation(), command.run());
    if (simulation.isEmpty() || !simulation.get().phase().open()) {
      return;
    }
    rolls.reopen(simulation.get());
    if (simulation.get().phase() == Phase.STEPPING) {
      endIfOver(command.simulation(), rolls.of(simulation.get()), simulation.get().steps().asked());
    }
    bus.publish(new Topic.WhereAreYou(new SimulationId(command.simulation())).text(), new byte[0]);
  }

  private void expire(SimulationCommand.Expire command) {
    Optional<Roll> roll =
        rolls.find(command.simulation()).filter(known -> known.run() == command.run());
    List<String> waitingFor = roll.map(Roll::waitingFor).orElse(List.of());
    List<String> mute =
        waitingFor.stream()
            .filter(model -> roll.filter(known -> known.hasAnnounced(model)).isEmpty())
            .toList();
    tell(
        command.simulation(),
        new SimulationMessage.Expired(
            command.run(), command.phase(), command.step(), waitingFor, mute));
  }

  /** Models first, so that those that listen end by themselves, then the MSO for the others. */
  private void end(SimulationCommand.OfRun command) {
    SimulationId simulation = new SimulationId(command.simulation());
    byte[] done = new LifecycleMessage.SimulationDone().encode();
    List<Bus.Outgoing> messages = new ArrayList<>();
    for (PlannedModel model : modelsToEnd(command)) {
      messages.add(
          new Bus.Outgoing(
              new Topic.SimulationDoneToModel(simulation, new ModelId(model.modelId())).text(),
              done));
    }
    messages.add(new Bus.Outgoing(new Topic.SimulationDoneToMso(name(), simulation).text(), done));
    bus.publishAll(messages);
    rolls.forget(command.simulation());
  }

  private List<PlannedModel> modelsToEnd(SimulationCommand.OfRun command) {
    try {
      return current(command.simulation(), command.run())
          .map(s -> inputs.models(s.provenance().plan()))
          .orElse(List.of());
    } catch (Failure.NotFound lost) {
      LOG.warn("models of {} cannot be told of the end: {}", command, lost.getMessage());
      return List.of();
    }
  }

  private void begin(SimulationCommand.OfSimulation command) {
    ask(Simulation.owner(command.simulation()), new SimulationMessage.Begin());
  }

  private void leave(SimulationCommand.OfSimulation command) {
    ask(SimulationQueue.OWNER, new QueueMessage.Leave(command.simulation()));
  }

  private void ask(OwnerRef owner, Message message) {
    try {
      Object _ = engine.strands().ask(owner, message, Object.class);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Failure.Unavailable("interrupted", interrupted);
    }
  }

  private void tell(String simulation, SimulationMessage message) {
    engine.strands().tell(Simulation.owner(simulation), message);
  }

  private Optional<Simulation> current(String simulation, int run) {
    return engine
        .store()
        .find(Simulation.KIND, simulation)
        .map(Document::body)
        .filter(s -> s.run() == run);
  }

  private SimulatorName name() {
    return new SimulatorName(settings.simulatorName());
  }

  private <T extends Record> CommandHandler<T> handler(CommandKind<T> kind, Consumer<T> action) {
    return new CommandHandler<>() {
      @Override
      public CommandKind<T> kind() {
        return kind;
      }

      @Override
      public void execute(Command<T> command) {
        action.accept(command.body());
      }

      @Override
      public boolean reachable() {
        return bus.health().healthy();
      }

      @Override
      public void failed(Command<T> command, RuntimeException cause) {
        LOG.error("{} of {}: {}", kind, command.owner(), cause.getMessage());
        notDone(command.body(), String.valueOf(cause.getMessage()), cause);
      }
    };
  }

  /** Only what a simulation waits for has to be told; the rest is in the log. */
  private void notDone(Record command, String why, RuntimeException cause) {
    boolean doubt = cause instanceof Failure.OutcomeUnknown;
    switch (command) {
      case SimulationCommand.OfRun(String simulation, int run) ->
          tell(simulation, notSent(run, doubt, "DeployModels", why));
      case SimulationCommand.Parameters(String simulation, int run, _, _) ->
          tell(simulation, notSent(run, doubt, "ModelParameters", why));
      case SimulationCommand.NewStep(String simulation, int run, int step, _, _) ->
          tell(simulation, notSent(run, doubt, "NewStep %d".formatted(step), why));
      default -> {}
    }
  }

  private static SimulationMessage notSent(int run, boolean doubt, String what, String why) {
    return doubt
        ? new SimulationMessage.InDoubt(
            run, "Nobody knows whether %s reached everybody: %s".formatted(what, why))
        : new SimulationMessage.InputsLost(run, "%s could not be sent: %s".formatted(what, why));
  }
}
