package dev.tutti.simulations;

import dev.tutti.dots.Decoded;
import dev.tutti.dots.LifecycleMessage;
import dev.tutti.dots.LifecycleMessage.DeployModels;
import dev.tutti.dots.MessageType;
import dev.tutti.dots.ModelConfiguration;
import dev.tutti.dots.ModelId;
import dev.tutti.dots.SimulationId;
import dev.tutti.dots.SimulatorName;
import dev.tutti.dots.TerminationStatus;
import dev.tutti.dots.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An MSO and its models, played on one thread: original services that count and speak at QoS 0, or
 * models that behave as those of our SDK (decision record 0013). They live on when the orchestrator
 * does not.
 */
final class Peers implements AutoCloseable {

  private static final Pattern STEP = Pattern.compile("\"time_step_nr\": \"(\\d+)\"");
  private static final SimulatorName NAME = new SimulatorName("dots-so");

  /** One model of one deployment. */
  static final class Puppet {
    final ModelId id;
    final List<Integer> steps = new CopyOnWriteArrayList<>();
    boolean parameterized;
    int started;
    int finished;
    boolean gone;

    Puppet(ModelId id) {
      this.id = id;
    }
  }

  final PlayBus bus = new PlayBus(this::hear);
  final Map<String, Map<String, Puppet>> deployed = new ConcurrentHashMap<>();

  /** Models that take a step and never say that they are done. */
  final Set<String> silent = ConcurrentHashMap.newKeySet();

  /** Models that say each CalculationsDone twice. */
  final Set<String> stuttering = ConcurrentHashMap.newKeySet();

  /** Models that crash, by the step in which they do; once. */
  final Map<String, Integer> crashing = new ConcurrentHashMap<>();

  /** Models that report an error, by the step in which they do. */
  final Map<String, Integer> failing = new ConcurrentHashMap<>();

  /** Models that crash before they are ready. */
  final Set<String> stillborn = ConcurrentHashMap.newKeySet();

  /** Simulations whose models the MSO never starts. */
  volatile boolean undeployable;

  /** Whether models listen to T11. */
  volatile boolean deaf;

  /** In every so-manieth step models take part; in each those that are not named. */
  final Map<String, Integer> every = new ConcurrentHashMap<>();

  /** Called with each NewStep that a model gets, before it does anything. */
  volatile Runnable onStep = () -> {};

  private final boolean sdk;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  /**
   * @param sdk whether the models are written with our SDK
   */
  Peers(boolean sdk) {
    this.sdk = sdk;
  }

  private void hear(PlayBus.Said said) {
    try {
      thread.execute(() -> act(said));
    } catch (RejectedExecutionException over) {
      // The test is.
    }
  }

  private void act(PlayBus.Said said) {
    switch (Topic.parse(said.topic())) {
      case Topic.DeployModels(_, SimulationId simulation) -> deploy(simulation, said.payload());
      case Topic.ModelParameters(SimulationId simulation, ModelId model) ->
          parameters(simulation, puppet(simulation, model));
      case Topic.NewStep(SimulationId simulation, ModelId model) ->
          step(simulation, puppet(simulation, model), said.payload());
      case Topic.WhereAreYou(SimulationId simulation) -> announceAll(simulation);
      case Topic.SimulationDoneToModel(SimulationId simulation, ModelId model) -> {
        if (!deaf) {
          end(simulation, puppet(simulation, model), 0);
        }
      }
      case Topic.SimulationDoneToMso(_, SimulationId simulation) ->
          deployed
              .getOrDefault(simulation.value(), Map.of())
              .values()
              .forEach(puppet -> end(simulation, puppet, 143));
      default -> throw new AssertionError("nobody understands " + said.topic());
    }
  }

  private Puppet puppet(SimulationId simulation, ModelId model) {
    return deployed.getOrDefault(simulation.value(), Map.of()).values().stream()
        .filter(p -> p.id.equals(model))
        .findFirst()
        .orElseGet(() -> {
          Puppet nobody = new Puppet(model);
          nobody.gone = true;
          return nobody;
        });
  }

  private void deploy(SimulationId simulation, byte[] payload) {
    if (undeployable) {
      return;
    }
    if (MessageType.DEPLOY_MODELS.decode(payload)
        instanceof Decoded.Message<DeployModels>(DeployModels request)) {
      Map<String, Puppet> puppets = new LinkedHashMap<>();
      for (ModelConfiguration model : request.modelConfigurations()) {
        puppets.put(model.modelId(), new Puppet(new ModelId(model.modelId())));
      }
      deployed.put(simulation.value(), puppets);
      puppets.values().forEach(puppet -> boot(simulation, puppet));
      if (puppets.values().stream().noneMatch(puppet -> puppet.gone)) {
        say(
            new Topic.ModelsReady(NAME, simulation),
            new LifecycleMessage.ModelsReady().encode(),
            true);
      }
    }
  }

  private void boot(SimulationId simulation, Puppet puppet) {
    if (stillborn.contains(puppet.id.value())) {
      end(simulation, puppet, 1);
      return;
    }
    say(
        new Topic.ReadyForProcessing(simulation, puppet.id),
        new LifecycleMessage.ReadyForProcessing().encode(),
        false);
    announce(simulation, puppet);
  }

  private void parameters(SimulationId simulation, Puppet puppet) {
    if (!puppet.gone) {
      puppet.parameterized = true;
      say(
          new Topic.Parameterized(simulation, puppet.id),
          new LifecycleMessage.Parameterized().encode(),
          sdk);
    }
  }

  private void step(SimulationId simulation, Puppet puppet, byte[] payload) {
    if (puppet.gone) {
      return;
    }
    onStep.run();
    Matcher number = STEP.matcher(new String(payload, StandardCharsets.UTF_8));
    if (!number.find()) {
      throw new AssertionError("a step without its number");
    }
    int step = Integer.parseInt(number.group(1));
    int rate = every.getOrDefault(puppet.id.value(), 1);
    if (sdk && step != (puppet.started == 0 ? 1 : puppet.started + rate)) {
      return;
    }
    puppet.steps.add(step);
    puppet.started = step;
    String id = puppet.id.value();
    if (crashing.remove(id, step)) {
      end(simulation, puppet, 3);
    } else if (failing.remove(id, step)) {
      say(
          new Topic.ErrorOccurred(simulation, puppet.id),
          new LifecycleMessage.ErrorOccurred("KeyError: 'profile'").encode(),
          true);
      end(simulation, puppet, 0);
    } else if (!silent.contains(id)) {
      done(simulation, puppet);
    }
  }

  private void done(SimulationId simulation, Puppet puppet) {
    puppet.finished = puppet.started;
    for (int i = stuttering.contains(puppet.id.value()) ? 2 : 1; i > 0; i--) {
      say(
          new Topic.CalculationsDone(simulation, puppet.id),
          new LifecycleMessage.CalculationsDone().encode(),
          false);
    }
  }

  private void announceAll(SimulationId simulation) {
    deployed
        .getOrDefault(simulation.value(), Map.of())
        .values()
        .forEach(puppet -> announce(simulation, puppet));
  }

  private void announce(SimulationId simulation, Puppet puppet) {
    if (sdk && !puppet.gone) {
      String text =
          "{\"sdk\": \"tutti\", \"protocol\": \"1.0\", \"parameterized\": %s, \"startedStep\": %d, \"finishedStep\": %d}"
              .formatted(puppet.parameterized, puppet.started, puppet.finished);
      say(
          new Topic.Announcement(simulation, puppet.id),
          text.getBytes(StandardCharsets.UTF_8),
          true);
    }
  }

  private void end(SimulationId simulation, Puppet puppet, int code) {
    if (puppet.gone) {
      return;
    }
    puppet.gone = true;
    say(
        new Topic.ModelHasTerminated(NAME, simulation, puppet.id),
        new LifecycleMessage.ModelHasTerminated(
                code == 0 ? TerminationStatus.SUCCESSFULL : TerminationStatus.FAILED, code)
            .encode(),
        true);
    if (code != 0) {
      say(
          new Topic.Reason(NAME, simulation, puppet.id),
          "{\"reason\": \"Error\", \"lastLines\": [\"the last line\"]}"
              .getBytes(StandardCharsets.UTF_8),
          true);
    }
    if (deployed.getOrDefault(simulation.value(), Map.of()).values().stream()
        .allMatch(p -> p.gone)) {
      say(
          new Topic.AllModelsHaveTerminated(NAME, simulation),
          new LifecycleMessage.AllModelsHaveTerminated().encode(),
          true);
    }
  }

  private void say(Topic topic, byte[] payload, boolean kept) {
    bus.deliver(topic.text(), payload, kept);
  }

  /** Lets a model do something, in order with everything else. */
  void play(Runnable action) {
    thread.execute(action);
  }

  List<Puppet> puppets(String simulation) {
    return new ArrayList<>(deployed.getOrDefault(simulation, Map.of()).values());
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
