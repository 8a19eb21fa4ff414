package dev.tutti.backplane.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Command;
import dev.tutti.core.backplane.Executed;
import dev.tutti.core.backplane.Execution;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.NotRunning;
import dev.tutti.core.backplane.SaidBytes;
import dev.tutti.core.backplane.WorkloadId;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Commands beside the processes of workloads: with the environment that the kernel knows of those,
 * in their folder, each in a session of its own, so that it and all it started can be ended. They
 * end with their workload.
 */
final class ProcessExecution implements Execution {

  /**
   * Keeps the code and the beginning of both outputs as files, and reads the rest away, so that
   * nobody who says much is stopped. The variables are given as to a {@link Wrapper}.
   */
  private static final String SCRIPT =
      """
      place=$1 folder=$2 most=$3 env=$4 variables=$5
      shift 5
      cd "$folder" || exit 125
      keep() { head -c "$most"; cat > /dev/null; }
      {
        {
          { "$env" -i -S "$variables" "$@" 3>&-; echo "$?" > "$place/code"; } 2>&1 >&3 3>&- |
            keep > "$place/errors"
        } 3>&1 | keep > "$place/output"
      } 2> /dev/null
      """;

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration TO_BEGIN = Duration.ofSeconds(2);
  private static final Duration TO_DIE = Duration.ofSeconds(10);
  private static final Duration TO_KEEP = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Function<WorkloadId, Optional<Attempt>> attempts;
  private final Sessions sessions;
  private final ExitWatch exits;
  private final String boot;

  ProcessExecution(
      Function<WorkloadId, Optional<Attempt>> attempts,
      Sessions sessions,
      ExitWatch exits,
      String boot) {
    this.attempts = attempts;
    this.sessions = sessions;
    this.exits = exits;
    this.boot = boot;
  }

  @Override
  public Executed run(WorkloadId id, Command command) {
    Attempt attempt =
        attempts.apply(id).orElseThrow(() -> new Failure.NotFound("workload", id.value()));
    try {
      Model model = model(attempt);
      Path place = Files.createTempDirectory(attempt.folder().records(), "command");
      try {
        return run(attempt, model, place, command);
      } finally {
        delete(place);
      }
    } catch (IOException failed) {
      throw new Failure.Unavailable(
          "The command could not be run beside workload %s: %s".formatted(id, failed), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Failure.Unavailable(
          "Interrupted while a command ran beside workload %s.".formatted(id), interrupted);
    }
  }

  /** What a process of the workload has, byte for byte. */
  private record Model(List<String> variables, Path folder) {}

  /** Of its first process, once that runs the command of the workload. */
  private Model model(Attempt attempt) throws InterruptedException {
    long deadline = System.nanoTime() + TO_BEGIN.toNanos();
    while (!attempt.ended() && System.nanoTime() < deadline) {
      Optional<Model> found =
          attempt.wrapper().stream()
              .flatMap(wrapper -> sessions.startedBy(wrapper).stream())
              .filter(member -> !Wrapper.isOne(member.pid()))
              .flatMap(member -> model(member.pid()).stream())
              .findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      Thread.sleep(PAUSE);
    }
    throw NotRunning.failure(attempt.id());
  }

  private static Optional<Model> model(int pid) {
    Path process = Path.of("/proc/" + pid);
    return TextFile.read(process.resolve("environ"), ISO_8859_1)
        .filter(environment -> !Wrapper.isOnTheWay(environment))
        .map(text -> Arrays.stream(text.split("\0", -1)).filter(it -> it.indexOf('=') > 0).toList())
        .filter(variables -> !variables.isEmpty())
        .flatMap(variables -> folder(process).map(folder -> new Model(variables, folder)));
  }

  private static Optional<Path> folder(Path process) {
    try {
      return Optional.of(Files.readSymbolicLink(process.resolve("cwd")));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private Executed run(Attempt attempt, Model model, Path place, Command command)
      throws IOException, InterruptedException {
    ProcessIdentity shell = start(model, place, command);
    CountDownLatch over = new CountDownLatch(1);
    if (!exits.add(shell, over::countDown)) {
      over.countDown();
    }
    long deadline = System.nanoTime() + command.within().toNanos();
    boolean ended = false;
    while (!ended && !attempt.ended() && System.nanoTime() < deadline) {
      long left = Math.min(LOOK.toNanos(), deadline - System.nanoTime());
      ended = over.await(left, TimeUnit.NANOSECONDS);
    }
    if (!ended) {
      kill(shell, over);
    }
    return new Executed(
        end(place, ended, attempt),
        said(place.resolve("output"), command),
        said(place.resolve("errors"), command));
  }

  private ProcessIdentity start(Model model, Path place, Command command) {
    Charset fileNames = Linux.fileNames();
    List<byte[]> environment = new ArrayList<>();
    StringBuilder names = new StringBuilder("--");
    for (String variable : model.variables()) {
      String name = Wrapper.VARIABLE + environment.size();
      names.append(" ${").append(name).append('}');
      environment.add((name + "=" + variable).getBytes(ISO_8859_1));
    }
    Stream<byte[]> ours =
        Stream.of(
                Wrapper.SHELL,
                "-c",
                SCRIPT,
                "tutti",
                place.toString(),
                model.folder().toString(),
                String.valueOf(command.outputBytes() + 1L),
                Wrapper.ENV,
                names.toString())
            .map(text -> text.getBytes(fileNames));
    Stream<byte[]> theirs = command.arguments().stream().map(text -> text.getBytes(UTF_8));
    Spawn.Outcome spawned = Spawn.start(Stream.concat(ours, theirs).toList(), environment);
    if (spawned.error() != 0) {
      throw new Failure.Unavailable(
          "A process for the command could not be started: "
              + SpawnTrouble.sentence(spawned.error()));
    }
    return ProcessStat.of(spawned.pid())
        .map(stat -> new ProcessIdentity(stat.pid(), stat.startTicks(), boot))
        .orElseThrow(() ->
            new Failure.Unavailable(
                "The process %d of a command cannot be seen.".formatted(spawned.pid())));
  }

  /** Who keeps the outputs is spared at first, so that what was said is written down. */
  private void kill(ProcessIdentity shell, CountDownLatch over) throws InterruptedException {
    long began = System.nanoTime();
    List<ProcessStat> left = sessions.of(shell);
    while (!left.isEmpty() && System.nanoTime() - began < TO_DIE.toNanos()) {
      boolean all = System.nanoTime() - began > TO_KEEP.toNanos();
      left.stream()
          .filter(member -> all || !keeps(member.pid()))
          .forEach(member -> Sessions.signal(member, Linux.SIGKILL));
      boolean _ = over.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      left = sessions.of(shell);
    }
  }

  /** Unlike the command, those of the script have our variables. */
  private static boolean keeps(int pid) {
    return TextFile.read(Path.of("/proc/" + pid + "/environ"), ISO_8859_1)
        .filter(Wrapper::isOnTheWay)
        .isPresent();
  }

  private static Executed.End end(Path place, boolean ended, Attempt attempt) {
    if (!ended) {
      return attempt.ended()
          ? new Executed.Exited(ExitCodes.signal(Linux.SIGKILL))
          : new Executed.TimedOut(false);
    }
    return TextFile.read(place.resolve("code"), US_ASCII)
        .map(String::strip)
        .filter(code -> !code.isEmpty())
        .<Executed.End>map(code -> new Executed.Exited(Integer.parseInt(code)))
        .orElseThrow(() -> new Failure.OutcomeUnknown("Nobody wrote down how the command ended."));
  }

  private static Executed.Said said(Path file, Command command) throws IOException {
    SaidBytes said = new SaidBytes(command.outputBytes());
    if (Files.exists(file)) {
      byte[] all = Files.readAllBytes(file);
      said.add(all, all.length);
    }
    return said.text();
  }

  private static void delete(Path place) throws IOException {
    for (String name : List.of("output", "errors", "code")) {
      Files.deleteIfExists(place.resolve(name));
    }
    Files.deleteIfExists(place);
  }
}
