package dev.tutti.core.run;

import dev.tutti.core.Metrics;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.Delivery;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.Timer;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import dev.tutti.core.surface.Revisions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Strands, lanes, timers and journal around one store. Behaviours and handlers are registered
 * first; then {@link #recover} takes up what the last process left.
 */
public final class Engine implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final int PAGE = 1_000;

  private final Store store;
  private final Time time;
  private final EngineSettings settings;
  private final Executor executor;
  private final Metrics metrics;
  private final AtomicLong commandNumber;
  private final Map<String, OwnerBehaviour> behaviours = new ConcurrentHashMap<>();
  private final Lanes lanes;
  private final Timers timers;
  private final JournalFeed feed;
  private final Changes changes;
  private final Slices slices;
  private final ClockWatch clockWatch;
  private final Strands strands;
  private volatile Consumer<String> placeFreed = _ -> {};

  /** An engine around a store that is open. Nothing runs before the first message. */
  public Engine(
      Store store, InstantSource clock, Executor executor, Alarms alarms, Metrics metrics) {
    this(store, Time.trusted(clock, alarms), executor, metrics, EngineSettings.defaults());
  }

  /** An engine around a store that is open, with all that can be set about it. */
  public Engine(
      Store store, Time time, Executor executor, Metrics metrics, EngineSettings settings) {
    this.store = store;
    this.time = time;
    this.settings = settings;
    this.executor = executor;
    this.metrics = metrics;
    this.commandNumber = new AtomicLong(store.lastCommandNumber());
    this.lanes = new Lanes(executor, time, store, metrics);
    this.strands = new Strands(this);
    this.slices = new Slices(time.alarms(), time.clock(), settings.flood(), strands::isClosed);
    this.clockWatch = new ClockWatch(store, time, settings, this::record);
    this.timers = new Timers(time, clockWatch::patience, strands::tell);
    this.feed = new JournalFeed(store);
    this.changes = new Changes(store);
    metrics.gauge("tutti_lanes_busy", "Lanes that have commands to execute.", lanes::busy);
    metrics.gauge("tutti_strands_busy", "Owners that have messages to decide on.", strands::busy);
    metrics.gauge(
        "tutti_owners_stuck",
        "Owners in quarantine, which decide nothing until a person says retry or skip.",
        () -> strands.stuck().size());
    metrics.gauge("tutti_timers", "Durable timers that are set.", timers::count);
  }

  /** Registers how owners of a kind decide. */
  public void register(OwnerBehaviour behaviour) {
    behaviours.put(behaviour.kind(), new WorkloadMessages(behaviour));
  }

  /** Registers who executes commands of a kind. */
  public void register(CommandHandler<?> handler) {
    lanes.handle(handler);
  }

  /** Sets who hears that a place of a group is free, once the decision is durable. */
  public void onPlaceFreed(Consumer<String> listener) {
    placeFreed = listener;
  }

  /**
   * Takes up waiting commands and timers. A command that must never be sent twice and was marked
   * before the end of the last process is reported as failed: nobody knows whether it was sent.
   */
  public void recover() {
    strands.recover();
    if (time.watched()) {
      clockWatch.begin();
      beat();
    }
    store.timers().forEach(timers::set);
    long after = 0;
    List<Command<?>> page;
    do {
      page = store.commands(lanes.kinds(), after, PAGE);
      for (Command<?> command : page) {
        after = command.number();
        takeUp(command);
      }
    } while (page.size() == PAGE);
  }

  private void beat() {
    Alarms.Alarm ignored =
        time.alarms()
            .at(
                time.clock().instant().plus(settings.beat()),
                () -> {
                  if (strands.isClosed()) {
                    return;
                  }
                  try {
                    clockWatch.look(timers);
                  } catch (RuntimeException later) {
                    LOG.warn(
                        "deadlines could not be compared with the clock: {}", later.getMessage());
                  }
                  beat();
                });
  }

  private void record(JournalEntry entry) {
    commit(Transaction.of(new Write.AppendJournal(entry)));
  }

  private void takeUp(Command<?> command) {
    if (command.sent() && command.kind().delivery() == Delivery.NEVER_TWICE) {
      lanes.giveUp(command);
    } else {
      lanes.submit(List.of(command));
    }
  }

  /** Commits something that no strand decides, such as an entry of the catalogue. */
  public void commit(Transaction transaction) {
    Optional<Expectation> expectation = Expectation.current();
    Transaction guarded =
        expectation.map(expected -> expected.guarding(transaction, store)).orElse(transaction);
    Transaction whole =
        Errand.current()
            .map(errand -> errand.marking(guarded, store, time.clock().instant()))
            .orElse(guarded);
    feed.wrote(store.commit(whole));
    changes.wrote(whole);
    expectation.ifPresent(Expectation::meet);
  }

  public Strands strands() {
    return strands;
  }

  public Lanes lanes() {
    return lanes;
  }

  public JournalFeed feed() {
    return feed;
  }

  /** The revisions of documents, as a surface needs them. */
  public Revisions revisions() {
    return changes;
  }

  public Store store() {
    return store;
  }

  public InstantSource clock() {
    return time.clock();
  }

  public Alarms alarms() {
    return time.alarms();
  }

  public Metrics metrics() {
    return metrics;
  }

  /** The durable timers of an owner that are set, the next one first. */
  public List<Timer> timersOf(OwnerRef owner) {
    return timers.of(owner);
  }

  /** Lets lanes that wait for their receiver try again, a slice after another. */
  public void nudge(String beginningOfName) {
    slices.each(lanes.waitingForReceiver(beginningOfName), lanes::nudge);
  }

  /** Does many small things without flooding strands, lanes, broker or backplane. */
  public Slices slices() {
    return slices;
  }

  Executor executor() {
    return executor;
  }

  Timers timers() {
    return timers;
  }

  long nextCommandNumber() {
    return commandNumber.incrementAndGet();
  }

  Optional<OwnerBehaviour> behaviour(String kind) {
    return Optional.ofNullable(behaviours.get(kind));
  }

  void freed(String group) {
    placeFreed.accept(group);
  }

  /** Decides and executes nothing more; what is durable waits for the next process. */
  @Override
  public void close() {
    strands.close();
    lanes.close();
  }
}
