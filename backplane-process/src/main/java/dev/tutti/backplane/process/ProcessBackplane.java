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

/**
 * Runs workloads as processes of this machine, each under a small shell that outlives us. Each has
 * a folder, which is the truth about it: what is found there at the start is taken over.
 */
public final class ProcessBackplane implements Backplane {

  private final Path folder;
  private final Catalogue catalogue;
  private final ProcessSettings settings;
  private final String boot;
  private final Sessions sessions;
  private final ExitWatch exits;
  private final Attempts attempts;
  private final Upkeep upkeep;
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
    this.attempts = new Attempts(this.folder, settings, boot, sessions, exits);
    this.upkeep = new Upkeep(attempts, sessions, settings);
    attempts.takeOver();
  }

  @Override
  public String name() {
    return "process";
  }

  @Override
  public void start(WorkloadSpec spec) {
    requireOpen();
    Attempt attempt = attempts.of(spec.id());
    if (!attempt.takeStart()) {
      return;
    }
    try {
      launch(attempt, spec);
    } catch (FileAlreadyExistsException known) {
      attempts.takeOver(spec.id());
    } catch (IOException e) {
      attempts.abandon(attempt);
      throw new Failure.Unavailable(
          "Workload %s could not be started: %s".formatted(spec.id(), e), e);
    } catch (StartRefused | Failure e) {
      attempts.abandon(attempt);
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
    attempts.observe(attempt, new Observation.Starting());
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
    attempts.runs(attempt, new ProcessIdentity(stat.pid(), stat.startTicks(), boot));
  }

  private static StartRefused unknown(String image) {
    return new StartRefused(
        ExitCodes.IMAGE_UNKNOWN, "the catalogue does not know the image '%s'".formatted(image));
  }

  @Override
  public void stop(WorkloadId id, Duration grace) {
    find(id).ifPresent(attempt -> stop(attempt, grace));
  }

  private void stop(Attempt attempt, Duration grace) {
    try {
      attempts.stopping(attempt).within(grace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure.Unavailable(
          "Interrupted while workload %s was stopped.".formatted(attempt.id()), e);
    }
  }

  @Override
  public void remove(WorkloadId id) {
    find(id).ifPresent(this::remove);
  }

  private void remove(Attempt attempt) {
    stop(attempt, Duration.ZERO);
    try {
      attempt.folder().delete();
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "The folder of workload %s could not be deleted: %s".formatted(attempt.id(), e), e);
    }
    attempts.forget(attempt);
  }

  @Override
  public List<Observed> list() {
    return attempts.all().stream().map(Attempt::observed).toList();
  }

  @Override
  public Optional<Particulars> particulars(WorkloadId id) {
    return attempts
        .find(id)
        .map(attempt -> {
          About about = attempt.folder().about();
          String place =
              attempt.wrapper().map(wrapper -> "process " + wrapper.pid()).orElse("no process");
          return new Particulars(about.image(), about.labels(), attempt.folder().begun(), place);
        });
  }

  @Override
  public void watch(ObservationListener newListener) {
    attempts.listen(newListener);
  }

  @Override
  public InputStream logs(WorkloadId id, LogOptions options) {
    Attempt attempt = find(id).orElseThrow(() -> new Failure.NotFound("workload", id.value()));
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
    return attempts.find(id);
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
    attempts.close();
  }
}
