package dev.tutti.models.simulated;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.models.Deployment;
import dev.tutti.models.DeploymentMessage;
import dev.tutti.models.Model;
import dev.tutti.models.ModelsSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The orchestrator and everything around it, on one thread. A seed says what happens next: a task
 * of the process runs, a message arrives, time passes, something ends or breaks.
 */
final class World {

  private static final int DEEPEST = 3;
  private static final double SUDDEN = 0.01;
  private static final long MINUTE = 60_000;
  private static final long KEPT = Duration.ofDays(8).toMillis();
  private static final int ENOUGH_TURNS = 200_000;

  private final Dice dice;
  private final VirtualTime time = new VirtualTime();
  private final Trace trace = new Trace(time);
  private final Faults faults;
  private final ModelsSettings settings;
  private final Oracle oracle;
  private final SimulatedStore store;
  private final SimulatedBlobs blobs;
  private final Broker broker;
  private final UnreliableBackplane backplane;
  private final Simulators simulators;
  private Optional<Incarnation> process = Optional.empty();
  private Optional<Life> life = Optional.empty();
  private boolean doomed;
  private int depth;
  private int crashes;

  World(long seed, Flaw flaw) {
    this(seed, flaw, Faults::of);
  }

  /** Where nothing goes wrong but by the test. */
  static World calm(long seed) {
    return new World(seed, Flaw.NONE, Faults::none);
  }

  private World(long seed, Flaw flaw, Function<Dice, Faults> kind) {
    dice = new Dice(seed);
    faults = kind.apply(dice);
    Surroundings shared = new Surroundings(dice, time, faults, flaw, trace);
    int limit = dice.between(2, 6);
    settings = settings(flaw == Flaw.ADMITS_TOO_MANY ? limit + 2 : limit);
    oracle = new Oracle(limit);
    store = new SimulatedStore(shared, this::danger, oracle::committed);
    blobs = new SimulatedBlobs(faults, this::danger);
    broker = new Broker(shared, oracle);
    backplane =
        new UnreliableBackplane(
            shared,
            this::danger,
            oracle,
            new Models(shared, (topic, payload) -> says(topic, payload), this::isRunning));
    simulators = new Simulators(shared, broker, oracle, limit);
  }

  private static ModelsSettings settings(int places) {
    return new ModelsSettings(
        List.of("dots-so", "essim"),
        Duration.ofMinutes(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofDays(7),
        places);
  }

  private boolean isRunning(WorkloadId id) {
    return backplane.isRunning(id);
  }

  /** Some models speak at QoS 0. */
  private void says(String topic, byte[] payload) {
    if (dice.happens(0.5)) {
      broker.sendOnce(topic, payload);
    } else {
      broker.send(topic, payload);
    }
  }

  Trace trace() {
    return trace;
  }

  Oracle oracle() {
    return oracle;
  }

  int crashes() {
    return crashes;
  }

  Faults faults() {
    return faults;
  }

  /** The disk goes away right after the next commit. */
  void goesAwayAfterCommit() {
    doomed = true;
  }

  Simulators simulators() {
    return simulators;
  }

  Broker broker() {
    return broker;
  }

  SimulatedStore store() {
    return store;
  }

  // ---- one step

  void step() {
    try {
      if (process.isEmpty()) {
        stepWithoutProcess();
      } else {
        stepWithProcess();
      }
    } catch (Crash crash) {
      die("crash " + crash.getMessage());
    }
  }

  private void stepWithoutProcess() {
    if (dice.happens(0.4)) {
      start();
    } else {
      outside(dice.below(100));
    }
  }

  private void stepWithProcess() {
    int roll = dice.below(200);
    if (roll < 110) {
      if (!turn()) {
        time.next(MINUTE);
      }
    } else if (roll < 150) {
      time.next(MINUTE);
    } else if (roll < 160) {
      store.flush();
    } else if (roll < 164) {
      ask();
    } else if (roll == 164 && dice.happens(faults.crash() * 20)) {
      die("killed");
    } else if (roll == 165 && dice.happens(faults.crash() * 20)) {
      shutDown();
    } else {
      outside(dice.below(100));
    }
  }

  /** One thread of the process goes on, or it hears something. */
  boolean turn() {
    boolean heard =
        switch (dice.below(4)) {
          case 0 -> broker.deliver();
          case 1 -> backplane.report();
          default -> false;
        };
    return heard
        || process.map(Incarnation::life).or(() -> life).filter(Life::runOne).isPresent()
        || broker.deliver()
        || backplane.report();
  }

  private void outside(int roll) {
    if (roll < 25) {
      simulators.deploy();
    } else if (roll < 30) {
      simulators.deployAgain();
    } else if (roll < 35) {
      simulators.done();
    } else if (roll < 50) {
      endOne();
    } else if (roll < 75) {
      time.next(MINUTE);
    } else if (dice.happens(faults.trouble())) {
      trouble(dice.below(10));
    } else {
      recovery();
    }
  }

  private void endOne() {
    List<WorkloadId> running = backplane.running();
    if (running.isEmpty()) {
      return;
    }
    WorkloadId id = dice.oneOf(running);
    trace.add("ends by itself: " + id);
    if (dice.happens(0.2)) {
      backplane.vanish(id);
    } else {
      backplane.exit(id, dice.oneOf(List.of(0, 0, 1, 137)));
    }
  }

  private void trouble(int roll) {
    switch (roll) {
      case 0, 1, 2 -> {
        trace.add("the disk goes away");
        faults.storeAway(true);
      }
      case 3, 4, 5 -> {
        trace.add("the broker goes away");
        broker.away(true);
      }
      case 6, 7 -> {
        trace.add("the backplane goes away");
        faults.backplaneAway(true);
      }
      case 8 -> {
        trace.add("the clock jumps");
        time.jump(Duration.ofSeconds(dice.between(-3_600, 3_600)));
      }
      default -> {
        trace.add("the connection to the broker is made again");
        broker.reconnect();
      }
    }
  }

  private void recovery() {
    switch (dice.below(3)) {
      case 0 -> faults.storeAway(false);
      case 1 -> broker.away(false);
      default -> faults.backplaneAway(false);
    }
  }

  /** A person asks for an end. */
  private void ask() {
    List<Deployment> alive = oracle.records().alive();
    if (alive.isEmpty()) {
      return;
    }
    Deployment deployment = dice.oneOf(alive);
    List<Model> models = oracle.records().models(deployment.id());
    if (models.isEmpty() || dice.happens(0.3)) {
      trace.add("stop " + deployment.id());
      tell(deployment, new DeploymentMessage.Stop(deployment.id()));
    } else {
      Model model = dice.oneOf(models);
      trace.add("stop " + model.id());
      tell(deployment, new DeploymentMessage.StopModel(model.id()));
    }
  }

  private void tell(Deployment deployment, DeploymentMessage message) {
    process.ifPresent(p -> p.tell(deployment.key().owner(), message));
  }

  // ---- the process

  void start() {
    trace.add("the process starts");
    Life next = new Life(time, dice);
    life = Optional.of(next);
    try {
      process =
          Optional.of(
              Incarnation.start(
                  next,
                  time,
                  new Incarnation.Outside(store, blobs, backplane, broker.connect(this::danger)),
                  settings));
    } catch (Failure.Unavailable notNow) {
      die("could not start: " + notNow.getMessage());
    }
  }

  /** How many places a process takes at its start, before anything is compared or executed. */
  long placesUsed() {
    return process.orElseThrow().placesUsed();
  }

  /** Ends in good order: what arrives in the last moment is not lost. */
  void shutDown() {
    trace.add("the process ends in good order");
    process.ifPresent(Incarnation::close);
    for (int i = dice.between(0, 10); i > 0; i--) {
      turn();
    }
    die("it has ended");
  }

  void die(String why) {
    trace.add(why);
    crashes++;
    depth = 0;
    life.ifPresent(Life::end);
    life = Optional.empty();
    process = Optional.empty();
    broker.disconnect();
    backplane.unwatch();
    store.crash();
    oracle.crashed();
  }

  private void danger(String where) {
    if (life.isEmpty()) {
      return;
    }
    if (!where.startsWith("read") && dice.happens(faults.crash())) {
      throw new Crash(where);
    }
    if (doomed && where.equals("after commit")) {
      doomed = false;
      faults.storeAway(true);
    }
    if (dice.happens(faults.trouble() * SUDDEN)) {
      trace.add("the disk goes away suddenly, " + where);
      faults.storeAway(true);
    }
    if (depth < DEEPEST && dice.happens(faults.preempt())) {
      depth++;
      turn();
      depth--;
    }
  }

  // ---- the end

  /** Ends all faults; then everything must come to an end, and nothing be left. */
  void converge() {
    trace.add("all faults end");
    faults.heal();
    broker.away(false);
    while (process.isEmpty()) {
      start();
    }
    time.leap(time.setBack());
    settle(10 * MINUTE);
    List<Deployment> alive = oracle.records().alive();
    trace.add("all is stopped");
    alive.forEach(d -> tell(d, new DeploymentMessage.Stop(d.id())));
    settle(10 * MINUTE);
    oracle.checkQuiet();
    process.orElseThrow().checkIdle();
    Records.require(broker.unacknowledged() == 0, "messages were never acknowledged");
    for (int i = 0; i < 3; i++) {
      time.leap(KEPT);
      settle(MINUTE);
    }
    die("restarted once more");
    start();
    settle(MINUTE);
    oracle.checkEmpty();
    Records.require(backplane.known() == 0, "the backplane still knows workloads");
    Records.require(blobs.count() == 0, "requests are left over");
  }

  void settle(long millis) {
    long until = time.elapsed() + millis;
    for (int turns = 0; turns < ENOUGH_TURNS; turns++) {
      if (!turn()) {
        store.flush();
        if (!time.next(until - time.elapsed())) {
          return;
        }
      }
    }
    throw new Violation("it never comes to rest");
  }
}
