package dev.tutti.core.doctor;

import dev.tutti.core.workload.Orphans;
import java.util.List;

/** Whether workloads with our mark run that no record knows. */
public final class OrphansCheck implements Check {

  private final Orphans orphans;

  public OrphansCheck(Orphans orphans) {
    this.orphans = orphans;
  }

  @Override
  public String name() {
    return "orphans";
  }

  @Override
  public List<Finding> look(boolean deep) {
    List<Orphans.Orphan> found = orphans.list();
    if (found.isEmpty()) {
      return List.of(Finding.ok(this, "Every workload with our mark has a record."));
    }
    return List.of(
        Finding.warning(
            this,
            "%d workloads with our mark have no record, such as %s (%s)."
                .formatted(
                    found.size(), found.getFirst().id(), found.getFirst().particulars().place()),
            "`tutti workload orphans` lists them; adopt or remove each."));
  }
}
