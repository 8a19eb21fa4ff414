package dev.tutti.backplane.testkit;

import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import dev.tutti.core.run.ThreadAlarms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

final class SimulatedWorkbench implements Workbench {

  private final Map<String, Plan> plans = new ConcurrentHashMap<>();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final ThreadAlarms alarms = new ThreadAlarms(executor, this::now);
  private final SimulatedBackplane backplane =
      new SimulatedBackplane(this::plan, alarms, this::now);
  private volatile Duration clockOff = Duration.ZERO;

  private Instant now() {
    return Instant.now().plus(clockOff);
  }

  private Plan plan(WorkloadSpec spec) {
    Plan plan = plans.get(spec.image());
    if (plan == null) {
      throw new StartRefused(ExitCodes.IMAGE_UNKNOWN, "nobody knows " + spec.image());
    }
    return plan;
  }

  @Override
  public Map<Capability, String> missing() {
    String nothing = "nothing runs: what a workload does is what its plan says";
    String memory = "only workloads are simulated so far";
    return Map.of(
        Capability.REAL_TIME,
        "nobody has to be waited for: who ignores the grace is killed at once",
        Capability.REGISTRY,
        "images are what the test says they are; none is fetched",
        Capability.IMAGE_INSPECTION,
        "an image is a plan, which says nothing of itself",
        Capability.COMMANDS,
        nothing,
        Capability.FILES,
        nothing,
        Capability.METERING,
        nothing,
        Capability.PUBLISHED_PORTS,
        nothing,
        Capability.RESIZING,
        memory,
        Capability.NETWORKS,
        memory,
        Capability.VOLUMES,
        memory);
  }

  @Override
  public Backplane open() {
    return backplane;
  }

  @Override
  public WorkloadSpec spec(WorkloadId id, Program program, Map<String, String> environment) {
    String image = "program:" + plans.size();
    plans.put(image, program.plan());
    return new WorkloadSpec(id, image, environment, Map.of());
  }

  @Override
  public WorkloadSpec unknownImage(WorkloadId id) {
    return new WorkloadSpec(id, "nobody/knows:1", Map.of(), Map.of());
  }

  @Override
  public void makeVanish(WorkloadId id) {
    backplane.vanish(id);
  }

  @Override
  public Accident stopEngine() {
    backplane.unavailable(true);
    backplane.holdObservations((id, seen) -> true);
    return backplane::heal;
  }

  @Override
  public Accident cutEvents() {
    backplane.holdObservations((id, seen) -> true);
    return backplane::heal;
  }

  @Override
  public Accident slowDown(Duration delay) {
    backplane.answerAfter(delay);
    return backplane::heal;
  }

  @Override
  public Accident setClockOff(Duration difference) {
    clockOff = difference;
    return () -> clockOff = Duration.ZERO;
  }

  @Override
  public List<String> remains() {
    return backplane.list().stream().map(known -> known.id().value()).toList();
  }

  @Override
  public void close() {
    alarms.close();
    executor.close();
  }
}
