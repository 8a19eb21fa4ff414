package dev.tutti.simulations;

import dev.tutti.core.Message;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.run.Decision;
import dev.tutti.core.run.Facts;
import dev.tutti.core.run.OwnerBehaviour;
import dev.tutti.core.run.TimerFired;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.simulations.CalculationService.OnModelFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Decisions without an engine: documents and timers in maps, commands in a list, time by hand. */
final class World implements Facts {

  static final String ID = "world-00000000";

  private record Key(String kind, String id) {}

  private final OwnerBehaviour decisions;
  private final OwnerRef owner;
  private final Map<Key, Record> documents = new LinkedHashMap<>();
  final Map<String, Instant> timers = new TreeMap<>();
  final List<Record> commands = new ArrayList<>();
  final List<String> journal = new ArrayList<>();
  int writes;
  Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private World(OwnerBehaviour decisions, OwnerRef owner) {
    this.decisions = decisions;
    this.owner = owner;
  }

  static World ofSimulation() {
    return new World(new SimulationDecisions(settings(Path.of("logs"))), Simulation.owner(ID));
  }

  static World ofQueue(int limit) {
    SimulationsSettings s = settings(Path.of("logs"));
    return new World(
        new QueueDecisions(
            new SimulationsSettings(
                s.simulatorName(),
                s.environment(),
                s.deployTimeout(),
                s.finishTimeout(),
                s.askEvery(),
                s.parametersAtOnce(),
                s.parametersBytes(),
                limit,
                true,
                s.retention(),
                s.logs(),
                s.logBytes(),
                s.version())),
        SimulationQueue.OWNER);
  }

  static SimulationsSettings settings(Path logs) {
    return SimulationsSettings.of(
        ModelEnvironment.of("localhost", 1883, "dots", "dotspass"), logs, "test");
  }

  static SimulationRequest request(int steps, double minutes, OnModelFailure policy) {
    return new SimulationRequest(
        "world",
        LocalDateTime.parse("2023-01-25T00:00:00"),
        ZoneOffset.UTC,
        3_600,
        steps,
        minutes,
        24,
        "info",
        List.of(
            new CalculationService("PVInstallation", "pv_service", "pv:1", 0, policy),
            new CalculationService(
                "EConnection", "grid_service", "grid:1", 1, OnModelFailure.FAIL)),
        false,
        0);
  }

  static Simulation planned(String id, int models, int steps, OnModelFailure policy) {
    return Simulation.planned(
        id,
        request(steps, 10, policy),
        new Provenance("test", "e", "p", List.of("pv:1"), 7),
        models,
        false,
        Instant.parse("2026-01-01T00:00:00Z"));
  }

  /** A simulation whose models calculate their first step. */
  static World stepping(int models, int steps, OnModelFailure policy) {
    World world = ofSimulation();
    world.tell(new SimulationMessage.Create(planned(ID, models, steps, policy)));
    world.tell(new SimulationMessage.ModelsReady());
    world.tell(new SimulationMessage.AllParameterized(1));
    return world;
  }

  Optional<Object> tell(Message message) {
    writes = 0;
    Decision decision = decisions.decide(owner, this, message, now);
    decision.effects().forEach(this::apply);
    if (decision.effects().size() > Decision.MAX_WRITES) {
      throw new AssertionError("a decision of " + decision.effects().size() + " effects");
    }
    return decision.reply();
  }

  private void apply(Decision.Effect effect) {
    switch (effect) {
      case Decision.Effect.Put<?> put ->
          documents.put(new Key(put.kind().name(), put.id()), put.body());
      case Decision.Effect.Delete(DocumentKind<?> kind, String id) ->
          documents.remove(new Key(kind.name(), id));
      case Decision.Effect.Journal entry -> journal.add(entry.type());
      case Decision.Effect.Do<?> command -> commands.add(command.body());
      case Decision.Effect.SetTimer(String name, Instant due) -> timers.put(name, due);
      case Decision.Effect.CancelTimer(String name) -> timers.remove(name);
      case Decision.Effect.FreePlace _ -> {}
    }
    writes++;
  }

  void finish(int step) {
    tell(new SimulationMessage.StepFinished(1, step, new StepReport(1_000, "m", 0, 0)));
  }

  /** Lets time pass, fires what is due, earliest first, and says for whom everybody waited. */
  void pass(Duration time, String... waitingFor) {
    Instant until = now.plus(time);
    while (true) {
      Optional<Map.Entry<String, Instant>> next =
          timers.entrySet().stream().min(Map.Entry.comparingByValue());
      if (next.isEmpty() || next.get().getValue().isAfter(until)) {
        now = until;
        return;
      }
      String name = next.get().getKey();
      Instant due = next.get().getValue();
      now = due.isAfter(now) ? due : now;
      timers.remove(name);
      int before = commands.size();
      tell(new TimerFired(name, due));
      for (Record command : List.copyOf(commands.subList(before, commands.size()))) {
        if (command instanceof SimulationCommand.Expire(_, int run, Phase phase, int step)) {
          tell(new SimulationMessage.Expired(run, phase, step, List.of(waitingFor)));
        }
      }
    }
  }

  /** When a timer is due that is set. */
  Instant due(String timer) {
    return Optional.ofNullable(timers.get(timer)).orElseThrow();
  }

  Simulation simulation() {
    return find(Simulation.KIND, ID).orElseThrow();
  }

  <T extends Record> List<T> commands(Class<T> type) {
    return commands.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends Record> List<T> all(DocumentKind<T> kind) {
    return documents.entrySet().stream()
        .filter(e -> e.getKey().kind().equals(kind.name()))
        .map(e -> kind.type().cast(e.getValue()))
        .toList();
  }

  @Override
  public <T extends Record> Optional<T> find(DocumentKind<T> kind, String id) {
    return Optional.ofNullable(kind.type().cast(documents.get(new Key(kind.name(), id))));
  }

  @Override
  public <T extends Record> List<T> children(
      DocumentKind<T> kind, String parent, Set<String> states, String after, int limit) {
    TreeMap<String, T> page = new TreeMap<>();
    documents.forEach((key, body) -> {
      if (key.kind().equals(kind.name()) && key.id().compareTo(after) > 0) {
        T child = kind.type().cast(body);
        Attributes attributes = kind.index().apply(child);
        if (attributes.parent().equals(parent)
            && (states.isEmpty() || states.contains(attributes.state()))) {
          page.put(key.id(), child);
        }
      }
    });
    return page.values().stream().limit(limit).toList();
  }
}
