package dev.tutti.backplane.process;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.Catalogue;
import dev.tutti.core.backplane.Execution;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.Health;
import dev.tutti.core.backplane.Image;
import dev.tutti.core.backplane.ImageFacts;
import dev.tutti.core.backplane.ImageInspection;
import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.Metering;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.ObservationListener;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.Particulars;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadFiles;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
 * Runs workloads as processes of this machine, each under a small shell that outlives us. Each has
 * a folder, which is the truth about it: what is found there at the start is taken over.
 */
public final class ProcessBackplane implements Backplane {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessBackplane.class);

  private final Path folder;
  private final Catalogue catalogue;
  private final ProcessSettings settings;
  private final String boot;
  private final ConcurrentMap<WorkloadId, Attempt> attempts = new ConcurrentHashMap<>();
  private final Sessions sessions;
  private final ExitWatch exits;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Upkeep upkeep;
  private volatile @Nullable ObservationListener listener;
  private volatile boolean closed;

  /**
   * Opens a folder and takes over what runs there.
   *
   * @param folder made if missing; one backplane at a time may use it
   * @throws Failure.Unavailable when the folder cannot be used
   */
  public ProcessBackplane(Path folder, Catalogue catalogue, ProcessSettings settings) {
    this.catalogue = catalogue;
    this.settings = settings;
    this.boot = ProcessIdentity.currentBoot();
    this.sessions = new Sessions(boot);
    try {
      this.folder = Files.createDirectories(folder).toRealPath();
      this.exits = new ExitWatch(boot);
    } catch (IOException e) {
      throw new Failure.Unavailable("The folder " + folder + " cannot be used: " + e, e);
    }
    this.upkeep = new Upkeep(attempts.values(), sessions, settings, this::giveUp, this::watch);
    takeOver();
  }

  @Override
  public String name() {
    return "process";
  }

  @Override
  public void start(WorkloadSpec spec) {
    requireOpen();
    Attempt attempt = attempts.computeIfAbsent(spec.id(), id -> attempt(id, false));
    if (!attempt.takeStart()) {
      return;
    }
    try {
      launch(attempt, spec);
    } catch (FileAlreadyExistsException known) {
      takeOver(spec.id());
    } catch (IOException e) {
      abandon(attempt);
      throw new Failure.Unavailable(
          "Workload %s could not be started: %s".formatted(spec.id(), e), e);
    } catch (StartRefused | Failure e) {
      abandon(attempt);
      throw e;
    }
  }

  private void launch(Attempt attempt, WorkloadSpec spec) throws IOException {
    Image image = catalogue.find(spec.image()).orElseThrow(() -> unknown(spec.image()));
    Launch launch = Launch.of(spec, image, attempt.folder().home(), settings.hostAddress());
    if (!attempt.found()) {
      attempt.folder().create();
    }
    attempt.folder().prepare(spec);
    attempt.observe(new Observation.Starting(), listener);
    Spawn.Outcome spawned = Wrapper.start(launch, attempt.folder());
    if (spawned.error() == Linux.E2BIG) {
      throw new StartRefused(
          ExitCodes.START_FAILED,
          "the environment is too large for this machine; one value may have 128 KiB");
    }
    if (spawned.error() != 0) {
      throw new Failure.Unavailable(
          "The process of %s could not be started: %s"
              .formatted(spec.id(), SpawnTrouble.sentence(spawned.error())));
    }
    // A child is on the process table until it is reaped, which only we do.
    // It is unreadable all the same when there are no file handles left.
    ProcessStat stat =
        ProcessStat.of(spawned.pid())
            .orElseThrow(() ->
                new Failure.Unavailable(
                    "The process %d of %s cannot be seen.".formatted(spawned.pid(), spec.id())));
    attempt.runBy(new ProcessIdentity(stat.pid(), stat.startTicks(), boot));
    attempt.observe(new Observation.Running(settings.hostAddress()), listener);
    watch(attempt);
  }

  private static StartRefused unknown(String image) {
    return new StartRefused(
        ExitCodes.IMAGE_UNKNOWN, "the catalogue does not know the image '%s'".formatted(image));
  }

  /** Forgets an attempt that did not start, unless a wrapper of an earlier process did. */
  private void abandon(Attempt attempt) {
    try {
      if (attempt.folder().exists() && !attempt.folder().giveUp()) {
        takeOver(attempt.id());
        return;
      }
      attempt.folder().delete();
    } catch (IOException e) {
      LOG.warn("The folder of workload {} stays behind", attempt.id(), e);
    }
    attempts.remove(attempt.id(), attempt);
  }

  private void watch(Attempt attempt) {
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
      attempt.observe(exit.get().observation(attempt.output().file()), listener);
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
    attempt.observe(
        new Observation.Vanished("The wrapper of its process ended without an exit code"),
        listener);
  }

  /** Settles an attempt whose wrapper did not come: either it just did, or it never will. */
  private void giveUp(Attempt attempt) {
    try {
      if (attempt.folder().giveUp()) {
        attempt.refuseStart();
        attempt.observe(new Observation.Vanished("It was never started"), listener);
      } else {
        takeOver(attempt);
      }
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "Workload %s could not be given up: %s".formatted(attempt.id(), e), e);
    }
  }

  private void takeOver() {
    try (Stream<Path> homes = Files.list(folder)) {
      homes
          .filter(Files::isDirectory)
          .map(home -> home.getFileName().toString())
          .filter(ProcessBackplane::isWorkload)
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

  private void takeOver(WorkloadId id) {
    Attempt attempt = attempt(id, true);
    attempts.put(id, attempt);
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
      attempt.observe(new Observation.Vanished("It was never started"), listener);
      return;
    }
    attempt.runBy(wrapper.get());
    Optional<ExitRecord> exit = attempt.folder().exit();
    if (exit.isPresent()) {
      wrapper.get().reap(boot);
      attempt.observe(exit.get().observation(attempt.output().file()), listener);
    } else if (!wrapper.get().boot().equals(boot)) {
      attempt.observe(new Observation.Vanished("The machine was restarted"), listener);
    } else {
      attempt.recall(new Observation.Running(settings.hostAddress()));
      watch(attempt);
    }
  }

  private Attempt attempt(WorkloadId id, boolean found) {
    return new Attempt(id, new AttemptFolder(folder.resolve(id.value())), found);
  }

  @Override
  public void stop(WorkloadId id, Duration grace) {
    requireOpen();
    Attempt attempt = attempts.get(id);
    if (attempt != null) {
      stop(attempt, grace);
    }
  }

  private void stop(Attempt attempt, Duration grace) {
    try {
      stopping(attempt).within(grace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure.Unavailable(
          "Interrupted while workload %s was stopped.".formatted(attempt.id()), e);
    }
  }

  private StopAttempt stopping(Attempt attempt) {
    return new StopAttempt(sessions, attempt, settings.startGrace(), this::giveUp);
  }

  @Override
  public void remove(WorkloadId id) {
    requireOpen();
    Attempt attempt = attempts.get(id);
    if (attempt == null) {
      return;
    }
    stop(attempt, Duration.ZERO);
    try {
      attempt.folder().delete();
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "The folder of workload %s could not be deleted: %s".formatted(id, e), e);
    }
    attempts.remove(id, attempt);
  }

  @Override
  public List<Observed> list() {
    return attempts.values().stream().map(Attempt::observed).toList();
  }

  @Override
  public Optional<Particulars> particulars(WorkloadId id) {
    return Optional.ofNullable(attempts.get(id))
        .map(attempt -> {
          About about = attempt.folder().about();
          String place =
              attempt.wrapper().map(wrapper -> "process " + wrapper.pid()).orElse("no process");
          return new Particulars(about.image(), about.labels(), attempt.folder().begun(), place);
        });
  }

  @Override
  public void watch(ObservationListener newListener) {
    attempts.values().forEach(Attempt::beginWaiting);
    listener = newListener;
    attempts.values().forEach(attempt -> attempt.deliver(newListener));
  }

  @Override
  public InputStream logs(WorkloadId id, LogOptions options) {
    requireOpen();
    Attempt attempt = attempts.get(id);
    if (attempt == null) {
      throw new Failure.NotFound("workload", id.value());
    }
    try {
      return new LogStream(attempt.output(), options, attempt::ended, () -> closed);
    } catch (NoSuchFileException neverStarted) {
      return InputStream.nullInputStream();
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "The output of workload %s cannot be read: %s".formatted(id, e), e);
    }
  }

  @Override
  public Optional<ImageInspection> inspection() {
    return Optional.of(reference -> catalogue.find(reference).map(ImageFacts::of));
  }

  @Override
  public Optional<Execution> execution() {
    return Optional.of(new ProcessExecution(this::find, sessions, exits, boot));
  }

  @Override
  public Optional<WorkloadFiles> files() {
    return Optional.of(new ProcessFiles(this::find));
  }

  @Override
  public Optional<Metering> metering() {
    return Optional.of(new ProcessMetering(this::find, sessions));
  }

  private Optional<Attempt> find(WorkloadId id) {
    requireOpen();
    return Optional.ofNullable(attempts.get(id));
  }

  @Override
  public Health health() {
    if (closed) {
      return Health.bad("closed");
    }
    try {
      Files.delete(Files.createTempFile(folder, ".health", ""));
    } catch (IOException e) {
      return Health.bad(
          "The folder %s cannot be written: %s. Look at the disk, its permissions and the limit of open files."
              .formatted(folder, e.getMessage()));
    }
    return Wrapper.available()
        ? Health.good()
        : Health.bad(
            "%s with -S and %s are needed; install GNU coreutils 8.30 or newer"
                .formatted(Wrapper.ENV, Wrapper.SHELL));
  }

  private void requireOpen() {
    if (closed) {
      throw new Failure.Unavailable("The process backplane is closed.");
    }
  }

  @Override
  public void close() {
    closed = true;
    upkeep.close();
    exits.close();
    workers.shutdownNow();
    workers.close();
  }
}
