package dev.tutti.backplane.process;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.ObservationListener;
import dev.tutti.core.backplane.WorkloadId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All attempts of one folder, and how each comes to its end: those that an earlier process left
 * there are taken over, and whoever runs is watched. The folder of an attempt is the truth about
 * it.
 */
final class Attempts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final Path folder;
  private final ProcessSettings settings;
  private final String boot;
  private final Sessions sessions;
  private final ExitWatch exits;
  private final ConcurrentMap<WorkloadId, Attempt> known = new ConcurrentHashMap<>();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private volatile @Nullable ObservationListener listener;

  Attempts(Path folder, ProcessSettings settings, String boot, Sessions sessions, ExitWatch exits) {
    this.folder = folder;
    this.settings = settings;
    this.boot = boot;
    this.sessions = sessions;
    this.exits = exits;
  }

  Collection<Attempt> all() {
    return known.values();
  }

  Optional<Attempt> find(WorkloadId id) {
    return Optional.ofNullable(known.get(id));
  }

  /** The one that is known, or a new one. */
  Attempt of(WorkloadId id) {
    return known.computeIfAbsent(id, _ -> attempt(id, false));
  }

  private Attempt attempt(WorkloadId id, boolean found) {
    return new Attempt(id, new AttemptFolder(folder.resolve(id.value())), found);
  }

  void forget(Attempt attempt) {
    known.remove(attempt.id(), attempt);
  }

  /** Tells this listener from now on, and of what nobody was told. */
  void listen(ObservationListener newListener) {
    known.values().forEach(Attempt::beginWaiting);
    listener = newListener;
    known.values().forEach(attempt -> attempt.deliver(newListener));
  }

  void observe(Attempt attempt, Observation seen) {
    attempt.observe(seen, listener);
  }

  /** A process was started for it, and is watched from now on. */
  void runs(Attempt attempt, ProcessIdentity wrapper) {
    attempt.runBy(wrapper);
    observe(attempt, new Observation.Running(settings.hostAddress()));
    watch(attempt);
  }

  /** How it is ended. */
  StopAttempt stopping(Attempt attempt) {
    return new StopAttempt(sessions, attempt, settings.startGrace(), this::giveUp);
  }

  /** Forgets one that did not start, unless a wrapper of an earlier process did. */
  void abandon(Attempt attempt) {
    try {
      if (attempt.folder().exists() && !attempt.folder().giveUp()) {
        takeOver(attempt.id());
        return;
      }
      attempt.folder().delete();
    } catch (IOException e) {
      LOG.warn("The folder of workload {} stays behind", attempt.id(), e);
    }
    forget(attempt);
  }

  /** Settles one whose wrapper did not come: either it just did, or it never will. */
  void giveUp(Attempt attempt) {
    try {
      if (attempt.folder().giveUp()) {
        attempt.refuseStart();
        observe(attempt, new Observation.Vanished("It was never started"));
      } else {
        takeOver(attempt);
      }
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "Workload %s could not be given up: %s".formatted(attempt.id(), e), e);
    }
  }

  /** Sees to it that the end of its wrapper is seen. */
  void watch(Attempt attempt) {
    try {
      if (!exits.add(attempt.wrapper().orElseThrow(), () -> wrapperEnded(attempt))) {
        wrapperEnded(attempt);
      }
    } catch (Failure.Unavailable later) {
      watchLater(attempt, later);
    }
  }

  private static void watchLater(Attempt attempt, Failure.Unavailable why) {
    LOG.warn("The end of workload {} is looked for again: {}", attempt.id(), why.getMessage());
    attempt.watchLater();
  }

  private void wrapperEnded(Attempt attempt) {
    Optional<ExitRecord> exit;
    try {
      exit = attempt.folder().exit();
    } catch (Failure.Unavailable later) {
      watchLater(attempt, later);
      return;
    }
    if (exit.isPresent()) {
      observe(attempt, exit.get().observation(attempt.output().file()));
    } else {
      workers.execute(() -> vanish(attempt));
    }
  }

  /** Its wrapper is gone without a word: ends what is left, for nobody would see it end. */
  private void vanish(Attempt attempt) {
    Optional<ProcessIdentity> owner;
    try {
      owner = attempt.folder().owner().flatMap(ProcessIdentity::parse);
    } catch (Failure.Unavailable later) {
      watchLater(attempt, later);
      return;
    }
    if (owner.isPresent() && !owner.equals(attempt.wrapper())) {
      // Two wrappers came, of which the other one was first.
      attempt.runBy(owner.get());
      watch(attempt);
      return;
    }
    try {
      boolean ignored = attempt.folder().giveUp();
      stopping(attempt).sweep();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return;
    } catch (IOException | Failure e) {
      LOG.warn("What workload {} left running could not be ended", attempt.id(), e);
    }
    observe(
        attempt, new Observation.Vanished("The wrapper of its process ended without an exit code"));
  }

  /** Takes over all that an earlier process left in the folder. */
  void takeOver() {
    try (Stream<Path> homes = Files.list(folder)) {
      homes
          .filter(Files::isDirectory)
          .map(home -> home.getFileName().toString())
          .filter(Attempts::isWorkload)
          .forEach(name -> takeOver(new WorkloadId(name)));
    } catch (IOException e) {
      throw new Failure.Unavailable("The folder " + folder + " cannot be read: " + e, e);
    }
  }

  private static boolean isWorkload(String name) {
    try {
      return new WorkloadId(name).value().equals(name);
    } catch (IllegalArgumentException foreign) {
      return false;
    }
  }

  void takeOver(WorkloadId id) {
    Attempt attempt = attempt(id, true);
    known.put(id, attempt);
    takeOver(attempt);
  }

  private void takeOver(Attempt attempt) {
    Optional<String> owner = attempt.folder().owner();
    if (owner.isEmpty()) {
      return;
    }
    Optional<ProcessIdentity> wrapper = owner.flatMap(ProcessIdentity::parse);
    if (wrapper.isEmpty()) {
      attempt.refuseStart();
      observe(attempt, new Observation.Vanished("It was never started"));
      return;
    }
    attempt.runBy(wrapper.get());
    Optional<ExitRecord> exit = attempt.folder().exit();
    if (exit.isPresent()) {
      wrapper.get().reap(boot);
      observe(attempt, exit.get().observation(attempt.output().file()));
    } else if (!wrapper.get().boot().equals(boot)) {
      observe(attempt, new Observation.Vanished("The machine was restarted"));
    } else {
      attempt.recall(new Observation.Running(settings.hostAddress()));
      watch(attempt);
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
    workers.close();
  }
}
