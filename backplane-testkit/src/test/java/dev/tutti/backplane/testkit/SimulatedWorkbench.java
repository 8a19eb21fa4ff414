package dev.tutti.backplane.testkit;

import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

final class SimulatedWorkbench implements Workbench {

  private final Map<String, Plan> plans = new ConcurrentHashMap<>();
  private final SimulatedBackplane backplane = new SimulatedBackplane(this::plan);

  private Plan plan(WorkloadSpec spec) {
    Plan plan = plans.get(spec.image());
    if (plan == null) {
      throw new StartRefused(ExitCodes.IMAGE_UNKNOWN, "nobody knows " + spec.image());
    }
    return plan;
  }

  @Override
  public Set<Limit> limits() {
    return Set.of(Limit.SIMULATED_TIME);
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
  public List<String> remains() {
    return backplane.list().stream().map(known -> known.id().value()).toList();
  }

  @Override
  public void close() {}
}
