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
 * <p>Data carry no number of their step where all take part in each. But the orchestrator begins a
 * step only when all models have finished the one before. So what comes while a step is open
 * belongs to it, and what comes after a step was finished belongs to the next one, which some other
 * model was told of before us. There is one place per origin and name: a second message for it is a
 * repetition, and the newest counts until it was used.
 *
 * <p>A service may take part in every so-manieth step only. What it sent last is used until it does
 * so again: a step waits for the datum of the last step that the sender has a part in, be it this
 * one or one before. A model that has no part in all steps of a sender needs the number of the step
 * on its data ({@link StepMark}), as it hears of steps that it is not told of.
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
  private final Map<Feed, Datum> arrived = new HashMap<>();
  private final int every;
  private final Map<Calculation, Integer> missing = new HashMap<>();
  private final Set<Calculation> done = new HashSet<>();
  private boolean open;
  private int number;
  private int finished;
  private Instant timeStamp = Instant.EPOCH;

  ModelRun(Service service, Simulation simulation, Log log, Outlet outlet) {
    this.service = service.name();
    this.simulation = simulation;
    this.every = simulation.every(service.name());
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
    collect();
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

  /**
   * The last step whose data may not reach everybody when the connection breaks now: that in which
   * the service after us that has a part least often is waited for at the latest.
   */
  int lastInDoubt() {
    return number + every + simulation.slowest() - 1;
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
    if (step != next()) {
      log.warning("Step %d is ignored: step %d comes next.".formatted(step, next()));
      return Asked.TOO_EARLY;
    }
    if (open) {
      log.warning(
          "Step %d begins although step %d is not done; it waited for %s."
              .formatted(step, number, awaited()));
      number = step;
      collect();
    }
    open = true;
    number = step;
    timeStamp = stamp;
    calculate();
    return Asked.BEGUN;
  }

  /** The step after the last one that we have a part in. */
  private int next() {
    return number == 0 ? 1 : number + every;
  }

  /** Data of another service. */
  void receive(Feed feed, byte[] payload) {
    if (waitingFor.containsKey(feed)) {
      int marked = simulation.rates().isEmpty() ? 0 : StepMark.of(payload);
      take(feed, new Datum(marked == 0 ? presumed(feed) : marked, payload));
    }
  }

  /** Data of another service that say of which step they are: they fill an empty place of it. */
  void receiveRepeated(int step, Feed feed, byte[] payload) {
    if (waitingFor.containsKey(feed) && step > stepOf(feed)) {
      take(feed, new Datum(step, payload));
    }
  }

  private void take(Feed feed, Datum datum) {
    int before = stepOf(feed);
    if (datum.step() < before || datum.step() > wanted(feed)) {
      log.debug("%s of step %d is not needed any more.".formatted(feed, datum.step()));
      return;
    }
    arrived.put(feed, datum);
    if (datum.step() == before) {
      log.debug("%s came again in step %d.".formatted(feed, number));
    } else if (datum.step() == wanted(feed)) {
      waitingFor
          .getOrDefault(feed, Set.of())
          .forEach(calculation -> missing.merge(calculation, -1, Integer::sum));
      if (open) {
        calculate();
      }
    }
  }

  /** The step of what came last; 0 before. */
  private int stepOf(Feed feed) {
    Datum datum = arrived.get(feed);
    return datum == null ? 0 : datum.step();
  }

  /** The last step in which a sender has a part, up to the one that is open or comes next. */
  private int wanted(Feed feed) {
    int collecting = open ? number : next();
    return collecting - (collecting - 1) % simulation.every(feed.service());
  }

  /** What a datum without a number belongs to: what we want, if we have a part in all its steps. */
  private int presumed(Feed feed) {
    if (simulation.every(feed.service()) % every != 0) {
      throw new IllegalStateException(
          "%s carries no number of its step, and %s, which takes part in one of %d steps, cannot tell which one it is of. Write %s with Tutti's SDK, too, or let both take part equally often."
              .formatted(feed, service, every, feed.service()));
    }
    return wanted(feed);
  }

  /** What an open step still waits for; empty when none is open. */
  Set<Feed> awaited() {
    Set<Feed> awaited = new LinkedHashSet<>();
    if (open) {
      waitingFor.keySet().stream()
          .filter(feed -> stepOf(feed) != wanted(feed))
          .forEach(awaited::add);
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
      collect();
      outlet.finished(number);
      finished = number;
    }
  }

  private void calculate(Calculation calculation) {
    Step step = new Step(number, timeStamp, every, simulation, log);
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
                  marked(entry.encode(object.id()))));
    }
  }

  private byte[] marked(byte[] payload) {
    return simulation.rates().isEmpty() ? payload : StepMark.on(payload, number);
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

  /** From now on what is missing is that of the step that is open or comes next. */
  private void collect() {
    done.clear();
    for (Calculation calculation : inOrder) {
      long absent =
          feedsOf.getOrDefault(calculation.name(), Set.of()).stream()
              .filter(feed -> stepOf(feed) != wanted(feed))
              .count();
      missing.put(calculation, (int) absent);
    }
  }
}
