package dev.tutti.backplane.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.awaitility.core.ConditionFactory;

/** One case on one backplane: who listens to it, what is started there, and how to wait for it. */
final class Trial {

  /** Longer than anything should take, for graces that are not meant to pass. */
  static final Duration PATIENT = Duration.ofSeconds(15);

  private static final Duration SOON = Duration.ofSeconds(20);

  private final Workbench bench;
  private Backplane backplane;
  private Witness witness = new Witness();

  Trial(Workbench bench) {
    this.bench = bench;
    this.backplane = bench.open();
    backplane.watch(witness);
  }

  Workbench bench() {
    return bench;
  }

  Backplane backplane() {
    return backplane;
  }

  /** Who has listened since the backplane was opened the last time. */
  Witness witness() {
    return witness;
  }

  /** Leaves the case out where this is declared missing. */
  void needs(Capability... needed) {
    for (Capability capability : needed) {
      Optional.ofNullable(bench.missing().get(capability))
          .ifPresent(reason -> {
            throw new MissingCapability(capability, reason);
          });
    }
  }

  /** Closes the backplane; somebody has to open it again. */
  void close() {
    backplane.close();
  }

  /** Opens the backplane as a later process would, without a listener. */
  void openUnheard() {
    backplane = bench.open();
  }

  /** From now on somebody listens, who has heard nothing yet. */
  void listen() {
    witness = new Witness();
    backplane.watch(witness);
  }

  void reopen() {
    close();
    openUnheard();
    listen();
  }

  WorkloadId start(String name, Program program) {
    return start(name, program, Map.of());
  }

  WorkloadId start(String name, Program program, Map<String, String> environment) {
    WorkloadId id = new WorkloadId(name);
    backplane.start(bench.spec(id, program, environment));
    return id;
  }

  /** Looks at once, then often: most ends are seen within milliseconds. */
  static ConditionFactory soon() {
    return await().atMost(SOON).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
  }

  boolean isEnded(WorkloadId id) {
    return listed(id).filter(Observation::terminal).isPresent();
  }

  Optional<Observation> listed(WorkloadId id) {
    return backplane.list().stream()
        .filter(known -> known.id().equals(id))
        .map(Observed::observation)
        .findFirst();
  }

  void awaitRunning(WorkloadId id) {
    soon().until(() -> witness.sawRunning(id));
  }

  Observation awaitEnd(WorkloadId id) {
    soon().until(() -> witness.endOf(id).isPresent());
    return witness.endOf(id).orElseThrow();
  }

  Observation.Exited awaitExit(WorkloadId id) {
    Observation end = awaitEnd(id);
    assertThat(end).isInstanceOf(Observation.Exited.class);
    return (Observation.Exited) end;
  }

  void awaitOutput(WorkloadId id, String output) {
    soon().until(() -> text(id, LogOptions.all()).equals(output));
  }

  /** As Latin-1, in which every byte is a character. */
  String text(WorkloadId id, LogOptions options) {
    try (InputStream logs = backplane.logs(id, options)) {
      return new String(logs.readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does something with each at the same time, and waits for all. */
  static <T> void atOnce(List<T> each, Consumer<T> action)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      each.forEach(one -> all.add(threads.submit(() -> action.accept(one))));
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  WorkloadSpec spec(String name, Program program) {
    return bench.spec(new WorkloadId(name), program, Map.of());
  }

  /** Nothing is left of what was started. */
  void clear() {
    try {
      atOnce(backplane.list(), known -> backplane.remove(known.id()));
      assertThat(backplane.list()).isEmpty();
      backplane.volumes().ifPresent(it -> it.list().forEach(known -> it.remove(known.name())));
      backplane.networks().ifPresent(it -> it.list().forEach(known -> it.remove(known.name())));
      soon().untilAsserted(() -> assertThat(bench.remains()).isEmpty());
    } catch (InterruptedException | ExecutionException failed) {
      throw new AssertionError("What was started could not be removed.", failed);
    } finally {
      backplane.close();
      bench.close();
    }
  }
}
