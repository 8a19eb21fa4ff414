package dev.tutti.simulations;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.Blobs;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.UnreadableDocument;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Listing;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** What can be done with simulations, whoever asks: a REST client, the bus, a restart. */
public final class Simulations {

  private final Engine engine;
  private final SimulationsSettings settings;
  private final Inputs inputs;
  private final Rolls rolls;
  private final SimulationLogs logs;
  private final RandomGenerator random = new SecureRandom();
  // Read: from keeping the inputs of a simulation until it is there. Write: deleting unused ones.
  private final ReentrantReadWriteLock keeping = new ReentrantReadWriteLock();

  /**
   * Registers what decides; nothing runs before the engine recovers.
   *
   * @param blobs for simulations alone: what no simulation needs is deleted there
   */
  public Simulations(Engine engine, Blobs blobs, SimulationsSettings settings) {
    this.engine = engine;
    this.settings = settings;
    this.inputs = new Inputs(blobs, settings.version());
    this.rolls = new Rolls(engine.store(), inputs);
    this.logs = new SimulationLogs(settings.logs(), settings.logBytes());
    engine.register(new SimulationDecisions(settings));
    engine.register(new QueueDecisions(settings));
  }

  public SimulationsSettings settings() {
    return settings;
  }

  Inputs inputs() {
    return inputs;
  }

  Rolls rolls() {
    return rolls;
  }

  SimulationLogs logs() {
    return logs;
  }

  // ---- what people want

  /**
   * Begins a simulation at once, past the queue; returns when that is durable.
   *
   * @throws Failure.Rejected when it has no models
   */
  public Simulation start(SimulationRequest request, byte[] esdl, Plan plan)
      throws InterruptedException {
    return keeping(() -> {
      Simulation planned = planned(request, esdl, plan, false);
      return ask(planned.id(), new SimulationMessage.Create(planned));
    });
  }

  /**
   * Lets a simulation wait until its turn comes; returns when that is durable.
   *
   * @throws Failure.Rejected when it has no models, or when too many wait already
   */
  public Simulation queue(SimulationRequest request, byte[] esdl, Plan plan)
      throws InterruptedException {
    return keeping(() -> {
      Simulation planned = planned(request, esdl, plan, true);
      engine
          .strands()
          .ask(SimulationQueue.OWNER, new QueueMessage.Enter(planned), SimulationQueue.class);
      return find(planned.id()).orElse(planned);
    });
  }

  /**
   * Lets all simulations of a sweep wait until their turns come, or none; returns when that is
   * durable.
   *
   * @throws Failure.Rejected when too many wait already
   */
  Sweep sweep(SweepPlan plan, SweepPlanner planner) throws InterruptedException {
    return keeping(() -> {
      String id =
          plan.base().plan().idStem() + "-sweep-" + HexFormat.of().toHexDigits(random.nextInt());
      List<String> parameters = plan.order().parameters();
      List<Simulation> simulations = new ArrayList<>();
      List<Sweep.Member> members = new ArrayList<>();
      for (int i = 0; i < plan.size(); i++) {
        List<SweepOrder.Value> set = plan.order().sets().get(i);
        Simulation simulation =
            planned(planner.again(plan, i))
                .in(id, set.stream().map(SweepOrder.Value::setting).toList());
        simulations.add(simulation);
        members.add(new Sweep.Member(simulation.id(), SweepViews.values(parameters, set)));
      }
      Sweep sweep =
          new Sweep(
              id, plan.base().request().name(), engine.clock().instant(), parameters, members);
      engine
          .strands()
          .ask(
              SimulationQueue.OWNER,
              new QueueMessage.EnterAll(sweep, simulations),
              SimulationQueue.class);
      return sweep;
    });
  }

  private Simulation planned(Planning.Planned one) {
    return planned(one.request(), one.esdlBytes(), one.plan(), true);
  }

  private Simulation planned(SimulationRequest request, byte[] esdl, Plan plan, boolean queued) {
    if (plan.models().isEmpty()) {
      throw new Failure.Rejected(
          Problem.of("no-models", 422, "The ESDL has no object of the classes that are asked for.")
              .suggesting("Name classes that occur in it."));
    }
    return Simulation.planned(
        plan.newId(random),
        request,
        inputs.keep(esdl, plan.models()),
        plan.models().size(),
        queued,
        engine.clock().instant());
  }

  /** Ends a simulation whose end is not decided yet; leaves any other as it is. */
  public Simulation cancel(String id) throws InterruptedException {
    return ask(id, new SimulationMessage.Cancel());
  }

  /** Lets a simulation be as if it had never been for those who speak to the original's API. */
  void forget(String id) throws InterruptedException {
    Simulation _ = ask(id, new SimulationMessage.Forget());
  }

  boolean isForgotten(String id) {
    return engine.store().find(Forgotten.KIND, id).isPresent();
  }

  /** Holds a simulation before its next step. */
  public Simulation pause(String id) throws InterruptedException {
    return ask(id, new SimulationMessage.Pause());
  }

  /** Lets a simulation that is held go on. */
  public Simulation resume(String id) throws InterruptedException {
    return ask(id, new SimulationMessage.Resume());
  }

  /**
   * Moves a simulation that waits before those of lower priority.
   *
   * @throws Failure.Rejected when it does not wait
   */
  public Simulation prioritise(String id, int priority) throws InterruptedException {
    Simulation simulation = require(id);
    engine
        .strands()
        .ask(
            SimulationQueue.OWNER,
            new QueueMessage.Prioritise(id, priority),
            SimulationQueue.class);
    return simulation;
  }

  private Simulation ask(String id, SimulationMessage message) throws InterruptedException {
    return engine.strands().ask(Simulation.owner(id), message, Simulation.class);
  }

  // ---- what people look at

  public Optional<Simulation> find(String id) {
    return engine.store().find(Simulation.KIND, id).map(Document::body);
  }

  Optional<Sweep> findSweep(String id) {
    return engine.store().find(Sweep.KIND, id).map(Document::body);
  }

  /** The page of sweeps that a request asks for. */
  Answer.Listed sweeps(Listing listing, Predicate<Sweep> wanted, Function<Sweep, ?> view) {
    return listing.page(
        engine.store(),
        Sweep.KIND,
        Query.all(),
        d -> wanted.test(d.body()),
        d -> view.apply(d.body()));
  }

  private Simulation require(String id) {
    return find(id).orElseThrow(() -> new Failure.NotFound("simulation", id));
  }

  /**
   * The page of simulations that a request asks for.
   *
   * @param sweep only those of this one, unless it is empty
   */
  Answer.Listed page(
      Listing listing,
      String sweep,
      Set<String> phases,
      Predicate<Simulation> wanted,
      Function<Simulation, ?> view) {
    return listing.page(
        engine.store(),
        Simulation.KIND,
        Query.childrenOf(sweep).inStates(phases),
        d -> wanted.test(d.body()),
        d -> view.apply(d.body()));
  }

  /** Ids of the simulations that wait for their turn, the next one first. */
  public List<String> waiting() {
    return queued().waiting().stream().map(SimulationQueue.Place::simulation).toList();
  }

  SimulationQueue queued() {
    return engine
        .store()
        .find(SimulationQueue.KIND, SimulationQueue.OWNER.id())
        .map(Document::body)
        .orElse(SimulationQueue.EMPTY);
  }

  /** The models of a simulation as they are now, in the order of its plan. */
  public List<SimulatedModel> models(String id) {
    Simulation simulation = require(id);
    Optional<Roll> roll = rolls.find(id).filter(r -> r.run() == simulation.run());
    Map<String, ModelEnd> ends =
        rolls.ends(simulation).stream()
            .collect(Collectors.toMap(ModelEnd::modelId, Function.identity()));
    List<String> waitingFor = roll.map(Roll::waitingFor).orElse(List.of());
    Set<String> waited = new HashSet<>(waitingFor);
    return inputs.models(simulation.provenance().plan()).stream()
        .map(model -> {
          String name = model.modelId();
          Optional<ModelEnd> end = Optional.ofNullable(ends.get(name));
          boolean answered = roll.filter(r -> r.hasAnswered(name)).isPresent();
          boolean rests =
              !Rate.takesPart(
                  simulation.request().every(model.service()),
                  Math.max(1, simulation.steps().asked()));
          return new SimulatedModel(
              model,
              ModelState.of(simulation, end, answered || rests),
              waited.contains(name),
              simulation.request().every(model.service()),
              roll.filter(r -> r.hasAnnounced(name)).isPresent(),
              answered ? roll.map(r -> r.took(name)).orElse(Duration.ZERO) : Duration.ZERO,
              end);
        })
        .toList();
  }

  /** An ESDL file that a simulation was made from. */
  public Optional<byte[]> esdl(String hash) {
    return inputs.esdl(hash);
  }

  /** The service of a model of a simulation that is not over for long. */
  Optional<String> service(String simulation, String model) {
    Optional<Roll> roll = rolls.find(simulation);
    if (roll.isPresent()) {
      return roll.get().find(model).map(PlannedModel::service);
    }
    return find(simulation)
        .flatMap(s ->
            inputs.models(s.provenance().plan()).stream()
                .filter(m -> m.modelId().equals(model))
                .map(PlannedModel::service)
                .findFirst());
  }

  // ---- restarts, and what is left over

  /**
   * Takes up every simulation that is alive where the last process left it, and deletes inputs that
   * nobody needs. Comes after the engine recovered and before the bus listens: an answer that
   * arrives with the first bytes of the connection must find a roll.
   */
  public void recover() {
    new Recovery(engine, this).run();
  }

  /** Looks at all simulations, and gives those that cannot be read. */
  List<UnreadableDocument> each(Consumer<Simulation> action) {
    return engine.store().each(Simulation.KIND, Query.all(), d -> action.accept(d.body()));
  }

  /** Deletes what is kept of a simulation that is forgotten, unless another one needs it too. */
  void discard(SimulationCommand.Discard discarded) {
    logs.delete(discarded.simulation());
    keeping.writeLock().lock();
    try {
      Set<String> unused = new HashSet<>(Set.of(discarded.esdl(), discarded.plan()));
      List<UnreadableDocument> unreadable =
          each(simulation -> {
            unused.remove(simulation.provenance().esdl());
            unused.remove(simulation.provenance().plan());
          });
      if (unreadable.isEmpty()) {
        unused.forEach(inputs::discard);
      }
    } finally {
      keeping.writeLock().unlock();
    }
    forgetSweepOf(discarded.simulation());
  }

  /** A sweep goes with the last of its simulations. */
  private void forgetSweepOf(String simulation) {
    engine
        .store()
        .each(
            Sweep.KIND,
            Query.all(),
            sweep -> {
              List<String> members =
                  sweep.body().members().stream().map(Sweep.Member::simulation).toList();
              if (members.contains(simulation)
                  && members.stream().noneMatch(m -> find(m).isPresent())) {
                engine
                    .strands()
                    .tell(SimulationQueue.OWNER, new QueueMessage.ForgetSweep(sweep.id()));
              }
            });
  }

  private interface Keeping<T> {
    T run() throws InterruptedException;
  }

  private <T> T keeping(Keeping<T> action) throws InterruptedException {
    keeping.readLock().lock();
    try {
      return action.run();
    } finally {
      keeping.readLock().unlock();
    }
  }
}
