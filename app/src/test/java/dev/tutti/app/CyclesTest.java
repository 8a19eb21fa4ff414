package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing leaks: a hundred deployments leave what one leaves. */
class CyclesTest {

  private static final int WARM_UP = 10;
  private static final int CYCLES = 100;

  /** Pools, which grow a little with the load, may differ by so many. */
  private static final int TOLERANCE = 8;

  private record Footprint(long processes, long files, long threads, long folders, long topics) {}

  @Test
  void hundredDeploymentsLeaveNothingBehind() throws Exception {
    try (TestServer server = TestServer.start();
        Wire wire = server.wire()) {
      server.app().images().add(Models.tiny("0"));
      cycles(server, wire, 0, WARM_UP);
      Footprint before = settled(server);
      cycles(server, wire, WARM_UP, WARM_UP + CYCLES);
      // The broker remembers an idle topic for half a minute.
      TestServer.await(
          Duration.ofSeconds(90),
          () -> leftBehind(before, footprint(server)),
          () -> leftBehind(before, footprint(server)).isEmpty());
      assertThat(leftBehind(before, footprint(server))).isEmpty();
      assertThat(server.metric("tutti_places_used")).isZero();
      assertThat(server.metric("tutti_lanes_busy")).isZero();
      assertThat(server.metric("tutti_strands_busy")).isZero();
      assertThat(server.metric("tutti_workload_orphans")).isZero();
    }
  }

  private static void cycles(TestServer server, Wire wire, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      String simulation = "cycle-" + i;
      wire.publish(
          "/lifecycle/dots-so/mso/" + simulation + "/DeployModels",
          Models.of(
                  Models.model(server.broker(), simulation, "a"),
                  Models.model(server.broker(), simulation, "b", "EXIT_CODE", "1"))
              .encode());
      wire.awaitAll("dots-so", simulation);
    }
  }

  private static Footprint settled(TestServer server) {
    TestServer.await(
        "the first cycles are gone",
        () -> footprint(server).processes() == 0 && footprint(server).folders() == 0);
    return footprint(server);
  }

  /** What is there more than before, in words; empty when nothing is. */
  private static String leftBehind(Footprint before, Footprint now) {
    boolean same =
        now.processes() == before.processes()
            && now.folders() == before.folders()
            && now.files() <= before.files() + TOLERANCE
            && now.threads() <= before.threads() + TOLERANCE
            && now.topics() <= before.topics() + TOLERANCE;
    return same ? "" : "before %s, now %s".formatted(before, now);
  }

  private static Footprint footprint(TestServer server) {
    try {
      return new Footprint(
          server.processes().size(),
          entries(Path.of("/proc/self/fd")),
          Thread.getAllStackTraces().size(),
          entries(server.data().resolve("workloads")),
          (long) server.metric("tutti_broker_topics"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static long entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    }
  }
}
