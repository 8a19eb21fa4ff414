package dev.tutti.models;

import dev.tutti.core.Failure;
import dev.tutti.core.Message;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.run.Decision;
import dev.tutti.core.run.Facts;
import dev.tutti.core.run.TimerFired;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.workload.Workload;
import dev.tutti.core.workload.WorkloadChanged;
import dev.tutti.core.workload.WorkloadDecisions;
import dev.tutti.dots.ModelConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Decisions without an engine: documents and timers in maps, commands in a list, time by hand. */
final class DecisionWorld implements Facts {

  static final SimulationKey KEY = new SimulationKey("dots-so", "sim");

  private record Key(String kind, String id) {}

  private final DeploymentDecisions decisions;
  private final Map<Key, Record> documents = new LinkedHashMap<>();
  private final Map<String, Instant> timers = new TreeMap<>();
  final List<Record> commands = new ArrayList<>();
  final List<String> journal = new ArrayList<>();
  int freedPlaces;
  Instant now = Instant.parse("2026-01-01T00:00:00Z");

  DecisionWorld(ModelsSettings settings) {
    this.decisions = new DeploymentDecisions(settings);
  }

  static ModelsSettings settings(int places) {
    return new ModelsSettings(
        List.of("dots-so"),
        Duration.ofMinutes(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofDays(7),
        places);
  }

  Optional<Object> tell(Message message) {
    Decision decision = decisions.decide(KEY.owner(), this, message, now);
    for (Decision.Effect effect : decision.effects()) {
      apply(effect);
    }
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
      case Decision.Effect.FreePlace _ -> freedPlaces++;
    }
  }

  DeployOutcome deploy(String content, int models) {
    return (DeployOutcome)
        tell(new DeploymentMessage.Deploy("SO", content, "blob", models, 1.0)).orElseThrow();
  }

  /** Admits a deployment and gives it its models, as the handlers would. */
  void launch(String deployment, List<ModelConfiguration> models) {
    tell(new DeploymentMessage.Admitted(deployment));
    accept(deployment, models);
  }

  void accept(String deployment, List<ModelConfiguration> models) {
    for (int from = 0; from < models.size(); from += DeploymentMessage.Accept.SLICE) {
      int to = Math.min(models.size(), from + DeploymentMessage.Accept.SLICE);
      tell(new DeploymentMessage.Accept(deployment, from, models.subList(from, to)));
    }
  }

  static List<ModelConfiguration> models(int count) {
    List<ModelConfiguration> models = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      models.add(new ModelConfiguration(i + "-model", "fake_model:0.0.1", List.of()));
    }
    return models;
  }

  /** A backplane saw something of the workload of a model. */
  void observe(String model, Observation seen) {
    Optional<Workload> before =
        find(Model.KIND, model).flatMap(m -> find(Workload.KIND, m.workload()));
    if (before.isEmpty()) {
      return;
    }
    Workload after = WorkloadDecisions.observe(before.get(), seen, now);
    if (!after.equals(before.get())) {
      documents.put(new Key(Workload.KIND.name(), after.id()), after);
      tell(new WorkloadChanged(before.get(), after));
      if (after.state().ended()) {
        freedPlaces++;
      }
    }
  }

  void ready(String modelId) {
    try {
      tell(new DeploymentMessage.Ready(modelId));
    } catch (Failure.NotFound nobodyKnowsIt) {
      journal.add("ready refused: " + nobodyKnowsIt.getMessage());
    }
  }

  /** Lets time pass, and fires what is due, earliest first. */
  void pass(Duration time) {
    Instant until = now.plus(time);
    while (true) {
      Optional<Map.Entry<String, Instant>> next =
          timers.entrySet().stream().min(Map.Entry.comparingByValue());
      if (next.isEmpty() || next.get().getValue().isAfter(until)) {
        now = until;
        return;
      }
      now = next.get().getValue().isAfter(now) ? next.get().getValue() : now;
      timers.remove(next.get().getKey());
      tell(new TimerFired(next.get().getKey(), next.get().getValue()));
    }
  }

  <T extends Record> List<T> notices(Class<T> type) {
    return commands.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends Record> List<T> all(DocumentKind<T> kind) {
    return documents.entrySet().stream()
        .filter(e -> e.getKey().kind().equals(kind.name()))
        .map(e -> kind.type().cast(e.getValue()))
        .toList();
  }

  int timerCount() {
    return timers.size();
  }

  OwnerRef owner() {
    return KEY.owner();
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
