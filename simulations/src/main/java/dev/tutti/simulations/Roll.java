package dev.tutti.simulations;

import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Which models of a run have answered what they were asked last. In memory only: what is durable of
 * a step is that it was asked for (decision record 0013). Whoever gives the last answer hears so,
 * once. May be used by any thread.
 */
final class Roll {

  /** What is waited for. */
  enum Asked {
    NOTHING,
    /** That models announce themselves. */
    ANNOUNCEMENTS,
    /** Parameterized, T7. */
    PARAMETERS,
    /** CalculationsDone, T9. */
    STEP
  }

  /** What an answer was. */
  enum Answer {
    /** No model of this simulation. */
    UNKNOWN,
    /** Nothing of the kind was asked, or it is answered by all. */
    LATE,
    /** The model has said it before. */
    DUPLICATE,
    COUNTED,
    /** Now all have answered. */
    LAST,
    /** The model says that it never got what was asked. */
    MISSED
  }

  /** The next models that can get their parameters. */
  record Slice(int from, int count) {}

  private final int run;
  private final List<PlannedModel> models;
  private final int[] every;
  private final Map<String, Integer> index = new HashMap<>();
  private final LongSupplier nanos;
  // Guards everything below.
  private final ReentrantLock lock = new ReentrantLock();
  private final BitSet gone = new BitSet();
  private final BitSet answered = new BitSet();
  private final BitSet announced = new BitSet();
  private final BitSet ready = new BitSet();

  /** Models that have no part in the step that was asked for last. */
  private final BitSet resting = new BitSet();

  private final long[] micros;
  private Asked asked = Asked.NOTHING;
  private Asked askedLast = Asked.NOTHING;
  private int step;
  private long openedAt;
  private int slowest;
  private int late;
  private int duplicate;
  private int window;
  private int sentTo;

  /**
   * @param every in every so-manieth step models of a service take part
   * @param nanos a clock that never goes back
   */
  Roll(int run, List<PlannedModel> models, ToIntFunction<String> every, LongSupplier nanos) {
    this.run = run;
    this.models = List.copyOf(models);
    this.every = models.stream().mapToInt(model -> every.applyAsInt(model.service())).toArray();
    this.nanos = nanos;
    this.micros = new long[models.size()];
    for (int i = 0; i < models.size(); i++) {
      index.put(models.get(i).modelId(), i);
    }
  }

  int run() {
    return run;
  }

  /** All models, also those that are gone, in the order of the plan. */
  List<PlannedModel> models() {
    return models;
  }

  Optional<PlannedModel> find(String modelId) {
    return Optional.ofNullable(index.get(modelId)).map(models::get);
  }

  /** From now on answers to this are counted, from none. */
  void open(Asked what, int number) {
    changing(() -> {
      asked = what;
      askedLast = what;
      step = number;
      answered.clear();
      rest();
      openedAt = nanos.getAsLong();
    });
  }

  private void rest() {
    resting.clear();
    for (int i = 0; asked == Asked.STEP && i < models.size(); i++) {
      resting.set(i, !gone.get(i) && !Rate.takesPart(every[i], step));
    }
  }

  /**
   * Whether no answer is missing to the step that was asked for last: all have answered, or nobody
   * has a part in it.
   */
  boolean isStepOver(int number) {
    return locked(() -> askedLast == Asked.STEP && step == number && closed());
  }

  Asked asked() {
    return locked(() -> asked);
  }

  /** Like {@link #open}, unless just this was asked last: answers that came already stay. */
  void reopen(Asked what, int number) {
    changing(() -> {
      if (askedLast != what || step != number) {
        open(what, number);
      }
    });
  }

  /** The parameters go to so many models at a time; the first slice is on its way. */
  void openParameters(int atOnce) {
    open(Asked.PARAMETERS, 0);
    changing(() -> {
      window = atOnce;
      sentTo = Math.min(atOnce, models.size());
    });
  }

  /** Reserves the next models, once half of what is on its way has arrived. */
  Optional<Slice> parametersDue() {
    return locked(() -> {
      int onTheirWay = sentTo - answered.cardinality();
      if (asked != Asked.PARAMETERS || sentTo >= models.size() || onTheirWay > window / 2) {
        return Optional.empty();
      }
      Slice due = new Slice(sentTo, Math.min(window - onTheirWay, models.size() - sentTo));
      sentTo += due.count();
      return Optional.of(due);
    });
  }

  /** The model that is meant is done with what was asked. */
  Answer answer(String modelId, Asked what) {
    return locked(() -> {
      Integer model = index.get(modelId);
      return model == null ? Answer.UNKNOWN : answer(model, what);
    });
  }

  private Answer answer(int model, Asked what) {
    if (asked != what || gone.get(model) || resting.get(model)) {
      late++;
      return Answer.LATE;
    }
    if (answered.get(model)) {
      duplicate++;
      return Answer.DUPLICATE;
    }
    answered.set(model);
    micros[model] = sinceOpened();
    slowest = model;
    return closed() ? Answer.LAST : Answer.COUNTED;
  }

  /** What a model of our SDK says of itself answers what was asked, or shows that it missed it. */
  Answer announce(String modelId, boolean parameterized, int started, int finished) {
    return locked(() -> {
      Integer model = index.get(modelId);
      if (model == null) {
        return Answer.UNKNOWN;
      }
      announced.set(model);
      boolean open =
          asked != Asked.NOTHING && !gone.get(model) && !answered.get(model) && !resting.get(model);
      boolean done =
          switch (asked) {
            case NOTHING -> false;
            case ANNOUNCEMENTS -> true;
            case PARAMETERS -> parameterized;
            case STEP -> finished >= step;
          };
      if (open && done) {
        return answer(model, asked);
      }
      return open && asked == Asked.STEP && started < step ? Answer.MISSED : Answer.LATE;
    });
  }

  /** A model is not waited for any more; whether it was the last one. */
  boolean without(String modelId) {
    return locked(() -> {
      Integer model = index.get(modelId);
      if (model == null) {
        return false;
      }
      gone.set(model);
      answered.clear(model);
      resting.clear(model);
      return asked != Asked.NOTHING && closed();
    });
  }

  /** A model is ready for processing; whether {@link #isReadyWithoutSome} is true now. */
  boolean ready(String modelId) {
    return locked(() -> {
      Integer model = index.get(modelId);
      if (model == null) {
        return false;
      }
      ready.set(model);
      return isReadyWithoutSome();
    });
  }

  /**
   * Whether some models are gone and all others are ready: nobody else will say so, as an MSO says
   * that all are ready only when all are.
   */
  boolean isReadyWithoutSome() {
    return locked(() -> {
      BitSet settled = (BitSet) gone.clone();
      settled.or(ready);
      return !gone.isEmpty()
          && gone.cardinality() < models.size()
          && settled.cardinality() == models.size();
    });
  }

  private boolean closed() {
    if (answered.cardinality() + gone.cardinality() + resting.cardinality() < models.size()) {
      return false;
    }
    asked = Asked.NOTHING;
    return true;
  }

  private long sinceOpened() {
    return (nanos.getAsLong() - openedAt) / 1_000;
  }

  /** How the step went whose last answer has come. Forgets what was late and said twice. */
  StepReport report() {
    return locked(() -> {
      StepReport report =
          new StepReport(
              answered.isEmpty() ? 0 : micros[slowest],
              answered.isEmpty() ? "" : models.get(slowest).modelId(),
              late,
              duplicate);
      late = 0;
      duplicate = 0;
      return report;
    });
  }

  /** The number of what was asked last. */
  int step() {
    return locked(() -> step);
  }

  /** The models that are there and have a part in the step, in the order of the plan. */
  List<PlannedModel> takingPart() {
    return locked(() ->
        IntStream.range(0, models.size())
            .filter(i -> !gone.get(i) && !resting.get(i))
            .mapToObj(models::get)
            .toList());
  }

  /** Of so many models from this one on, those that are there. */
  List<PlannedModel> present(int from, int count) {
    return locked(() ->
        IntStream.range(from, Math.min(models.size(), from + count))
            .filter(i -> !gone.get(i))
            .mapToObj(models::get)
            .toList());
  }

  /** For whom everybody waits; nobody when nothing is asked. */
  List<String> waitingFor() {
    return locked(() ->
        asked == Asked.NOTHING
            ? List.of()
            : IntStream.range(0, models.size())
                .filter(i -> !gone.get(i) && !answered.get(i) && !resting.get(i))
                .mapToObj(i -> models.get(i).modelId())
                .toList());
  }

  /** Whether answers have been waited for so long. */
  boolean openFor(Duration atLeast) {
    return locked(() -> asked != Asked.NOTHING && sinceOpened() * 1_000 >= atLeast.toNanos());
  }

  boolean hasAnswered(String modelId) {
    return locked(() -> {
      Integer model = index.get(modelId);
      return model != null && answered.get(model);
    });
  }

  boolean hasAnnounced(String modelId) {
    return locked(() -> {
      Integer model = index.get(modelId);
      return model != null && announced.get(model);
    });
  }

  /** How long a model took for what it answered last. */
  Duration took(String modelId) {
    return locked(() -> {
      Integer model = index.get(modelId);
      return Duration.ofNanos(model == null ? 0 : micros[model] * 1_000);
    });
  }

  private void changing(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
