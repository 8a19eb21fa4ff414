package dev.tutti.backplane.process;

import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Prints what starting, seeing an end and stopping cost on this machine. Not a test. */
final class Figures {

  private static final int COUNT = 200;

  private Figures() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    for (int round = 0; round < 3; round++) {
      System.out.println("round " + round);
      starts();
      latency("own", false);
      latency("adopted", true);
      endingTogether();
      takingOver();
    }
  }

  private static void starts() throws Exception {
    try (ProcessWorkbench bench = new ProcessWorkbench();
        ProcessBackplane backplane = bench.open()) {
      List<Long> nanos = new ArrayList<>();
      long begin = System.nanoTime();
      for (int i = 0; i < COUNT; i++) {
        long one = System.nanoTime();
        backplane.start(
            bench.spec(new WorkloadId("s-" + i), List.of("sleep", "600"), Map.of("A", "b")));
        nanos.add(System.nanoTime() - one);
      }
      print("start call", nanos);
      long done = System.nanoTime();
      while (bench.processes().size() < 2 * COUNT) {
        Thread.sleep(5);
      }
      long running = System.nanoTime();
      each(COUNT, i -> backplane.stop(new WorkloadId("s-" + i), Duration.ofSeconds(10)));
      long stopped = System.nanoTime();
      each(COUNT, i -> backplane.remove(new WorkloadId("s-" + i)));
      System.out.printf(
          "  %d starts %d ms, all running after %d ms, stopped at once in %d ms, removed in %d ms%n",
          COUNT,
          (done - begin) / 1_000_000,
          (running - begin) / 1_000_000,
          (stopped - running) / 1_000_000,
          (System.nanoTime() - stopped) / 1_000_000);
    }
  }

  /** From the kill of a command, through the wrapper, to the observation. */
  private static void latency(String name, boolean adopted) throws Exception {
    try (ProcessWorkbench bench = new ProcessWorkbench()) {
      ProcessBackplane backplane = bench.open();
      for (int i = 0; i < COUNT; i++) {
        backplane.start(
            bench.spec(new WorkloadId("e-" + i), List.of("sleep", "600"), Map.of("A", "b")));
      }
      while (bench.processes().size() < 2 * COUNT) {
        Thread.sleep(5);
      }
      if (adopted) {
        backplane.close();
        backplane = bench.open();
      }
      LinkedBlockingQueue<Long> seen = new LinkedBlockingQueue<>();
      backplane.watch((id, observation) -> {
        if (observation instanceof Observation.Exited) {
          long now = System.nanoTime();
          boolean ignored = seen.offer(now);
        }
      });
      Sessions sessions = new Sessions(ProcessIdentity.currentBoot());
      List<Long> nanos = new ArrayList<>();
      for (int i = 0; i < COUNT; i++) {
        ProcessStat command =
            sessions.startedBy(bench.wrapper(new WorkloadId("e-" + i))).getFirst();
        long begin = System.nanoTime();
        Sessions.signal(command, Linux.SIGKILL);
        Long end = seen.poll(10, TimeUnit.SECONDS);
        nanos.add((end == null ? System.nanoTime() : end) - begin);
      }
      print("kill of the command to observation, " + name, nanos);
      ProcessBackplane last = backplane;
      each(COUNT, i -> last.remove(new WorkloadId("e-" + i)));
      last.close();
    }
  }

  private static void endingTogether() throws Exception {
    int count = 400;
    try (ProcessWorkbench bench = new ProcessWorkbench();
        ProcessBackplane backplane = bench.open()) {
      for (int i = 0; i < count; i++) {
        backplane.start(
            bench.spec(new WorkloadId("t-" + i), List.of("sleep", "600"), Map.of("A", "b")));
      }
      while (bench.processes().size() < 2 * count) {
        Thread.sleep(5);
      }
      CountDownLatch all = new CountDownLatch(count);
      backplane.watch((id, observation) -> {
        if (observation instanceof Observation.Exited) {
          all.countDown();
        }
      });
      Sessions sessions = new Sessions(ProcessIdentity.currentBoot());
      List<ProcessIdentity> wrappers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        wrappers.add(bench.wrapper(new WorkloadId("t-" + i)));
      }
      List<ProcessStat> commands =
          sessions.of(wrappers).stream()
              .filter(member -> member.pid() != member.session())
              .toList();
      long begin = System.nanoTime();
      commands.forEach(command -> Sessions.signal(command, Linux.SIGKILL));
      all.await();
      System.out.printf(
          "  %d ending together, all reported after %d ms%n",
          count, (System.nanoTime() - begin) / 1_000_000);
      each(count, i -> backplane.remove(new WorkloadId("t-" + i)));
    }
  }

  private static void takingOver() throws Exception {
    int count = 10_000;
    try (ProcessWorkbench bench = new ProcessWorkbench()) {
      ProcessIdentity gone = new ProcessIdentity(1, 1, ProcessIdentity.currentBoot());
      for (int i = 0; i < count; i++) {
        WorkloadId id = new WorkloadId("o-" + i);
        AttemptFolder folder = bench.attempt(id);
        folder.create();
        folder.prepare(new WorkloadSpec(id, "image", Map.of(), Map.of()));
        Files.writeString(
            folder.records().resolve("pid"),
            "%d %d %s\n".formatted(gone.pid(), gone.startTicks(), gone.boot()));
        Files.writeString(folder.records().resolve("exit"), "0\n");
      }
      long begin = System.nanoTime();
      try (ProcessBackplane backplane = bench.open()) {
        System.out.printf(
            "  %d taken over in %d ms%n",
            backplane.list().size(), (System.nanoTime() - begin) / 1_000_000);
        each(count, i -> backplane.remove(new WorkloadId("o-" + i)));
      }
    }
  }

  private interface Task {
    void run(int number) throws IOException;
  }

  private static void each(int count, Task task) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        done.add(
            threads.submit(() -> {
              task.run(number);
              return null;
            }));
      }
      for (Future<?> one : done) {
        one.get();
      }
    }
  }

  private static void print(String what, List<Long> nanos) {
    List<Long> sorted = nanos.stream().sorted().toList();
    System.out.printf(
        "  %s: p50 %.2f ms, p99 %.2f ms, max %.2f ms%n",
        what,
        sorted.get(sorted.size() / 2) / 1e6,
        sorted.get(sorted.size() * 99 / 100) / 1e6,
        sorted.getLast() / 1e6);
  }
}
