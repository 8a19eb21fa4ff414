package dev.tutti.sdk;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The steps of a model: which data has come, which calculation can run. Not for several threads.
 *
 * <p>Data carry no number of their step. But the orchestrator begins a step only when all models
 * have finished the one before. So what comes while a step is open belongs to it, and what comes
 * after a step was finished belongs to the next one, which some other model was told of before us.
 * There is one place per origin and name: a second message for it is a repetition, and the newest
 * counts until it was used. The places are emptied before the end of a step is told, so that no
 * datum of the next one can be lost.
 */
final class ModelRun {
  private final Simulation simulation;
  private final Log log;
  private final Outlet outlet;
  private final Wiring wiring;
  private final List<Calculation> inOrder;
  private final String service;
  private final Map<String, Set<Feed>> feedsOf = new HashMap<>();
  private final Map<Feed, Set<Calculation>> waitingFor = new LinkedHashMap<>();
  private final Map<Feed, byte[]> arrived = new HashMap<>();
  private final Map<Calculation, Integer> missing = new HashMap<>();
  private final Set<Calculation> done = new HashSet<>();
  private boolean open;
  private int number;
  private int finished;
  private Instant timeStamp = Instant.EPOCH;

  ModelRun(Service service, Simulation simulation, Log log, Outlet outlet) {
    this.service = service.name();
    this.simulation = simulation;
    this.log = log;
    this.outlet = outlet;
    this.wiring = new Wiring(service, simulation);
    this.inOrder =
        service.calculations().stream().sorted(Comparator.comparing(Calculation::name)).toList();
    for (Calculation calculation : inOrder) {
      wiring.loose(calculation).forEach(log::warning);
      Set<Feed> feeds = wiring.feeds(calculation);
      feedsOf.put(calculation.name(), feeds);
      feeds.forEach(
          feed -> waitingFor.computeIfAbsent(feed, _ -> new LinkedHashSet<>()).add(calculation));
    }
    empty();
  }

  /** Everything that this model wants to receive. */
  Set<Feed> feeds() {
    return waitingFor.keySet();
  }

  /** The number of the last step that was begun; 0 before the first. */
  int started() {
    return number;
  }

  /** The number of the last step whose end was told; 0 before. */
  int finished() {
    return finished;
  }

  /** What became of a step that the orchestrator asked for. */
  enum Asked {
    BEGUN,
    /** It was begun before. Whoever asks does not know it. */
    KNOWN,
    /** Steps before it are missing, and without them it cannot be calculated. */
    TOO_EARLY
  }

  /** The orchestrator wants a step: only the one after the last one is begun. */
  Asked begin(int step, Instant stamp) {
    if (step <= number) {
      log.info(
          "Step %d is asked for again and ignored; step %d is %s."
              .formatted(step, number, open ? "under way" : "done"));
      return Asked.KNOWN;
    }
    if (step > number + 1) {
      log.warning("Step %d is ignored: step %d comes next.".formatted(step, number + 1));
      return Asked.TOO_EARLY;
    }
    if (open) {
      log.warning(
          "Step %d begins although step %d is not done; it waited for %s."
              .formatted(step, number, awaited()));
      empty();
    }
    open = true;
    number = step;
    timeStamp = stamp;
    calculate();
    return Asked.BEGUN;
  }

  /** Data of another service. */
  void receive(Feed feed, byte[] payload) {
    Set<Calculation> receivers = waitingFor.get(feed);
    if (receivers == null) {
      return;
    }
    if (arrived.put(feed, payload) != null) {
      log.debug("%s came again in step %d.".formatted(feed, number));
      return;
    }
    receivers.forEach(calculation -> missing.merge(calculation, -1, Integer::sum));
    if (open) {
      calculate();
    }
  }

  /** Data of another service that say of which step they are: they fill an empty place of it. */
  void receiveRepeated(int step, Feed feed, byte[] payload) {
    int collecting = open ? number : number + 1;
    if (step == collecting && !arrived.containsKey(feed)) {
      receive(feed, payload);
    }
  }

  /** What an open step still waits for; empty when none is open. */
  Set<Feed> awaited() {
    Set<Feed> awaited = new LinkedHashSet<>();
    if (open) {
      awaited.addAll(waitingFor.keySet());
      awaited.removeAll(arrived.keySet());
    }
    return awaited;
  }

  private void calculate() {
    for (Calculation calculation : inOrder) {
      if (missing.getOrDefault(calculation, 0) == 0 && done.add(calculation)) {
        calculate(calculation);
      }
    }
    if (done.size() == inOrder.size()) {
      open = false;
      empty();
      outlet.finished(number);
      finished = number;
    }
  }

  private void calculate(Calculation calculation) {
    Step step = new Step(number, timeStamp, simulation, log);
    for (EsdlObject object : simulation.objects()) {
      Inputs inputs =
          new Inputs(calculation.name(), object, wiring.origins(calculation, object), arrived);
      Results results = calculation.function().calculate(step, object, inputs);
      requireComplete(calculation, object, results);
      outlet.keep(step, object, results);
      results
          .entries()
          .forEach(entry ->
              outlet.send(
                  number,
                  new Feed(service, object.id(), entry.output().name()),
                  entry.encode(object.id())));
    }
  }

  /** Whoever receives an output waits for it: a forgotten one would stop the simulation. */
  private static void requireComplete(Calculation calculation, EsdlObject object, Results results) {
    List<String> declared = calculation.outputs().stream().map(Output::name).sorted().toList();
    List<String> given =
        results.entries().stream().map(entry -> entry.output().name()).sorted().toList();
    if (!declared.equals(given)) {
      throw new IllegalStateException(
          "the calculation '%s' declares the outputs %s and returned %s for %s"
              .formatted(calculation.name(), declared, given, object));
    }
  }

  private void empty() {
    arrived.clear();
    done.clear();
    inOrder.forEach(calculation ->
        missing.put(calculation, feedsOf.getOrDefault(calculation.name(), Set.of()).size()));
  }
}
