package dev.tutti.core.doctor;

import dev.tutti.core.run.Engine;
import dev.tutti.core.run.StuckOwners;
import java.util.List;

/** Whether owners are in quarantine. */
public final class StuckOwnersCheck implements Check {

  private final StuckOwners owners;

  public StuckOwnersCheck(Engine engine) {
    this.owners = new StuckOwners(engine);
  }

  @Override
  public String name() {
    return "stuck-owners";
  }

  @Override
  public List<Finding> look(boolean deep) {
    List<Finding> found =
        owners.all().stream()
            .map(owner ->
                Finding.warning(
                    this,
                    "%s decides nothing since %s: %s failed: %s."
                        .formatted(
                            owner.stuck().owner(),
                            owner.stuck().since(),
                            owner.stuck().message(),
                            owner.stuck().reason()),
                    "Mend the cause, then `tutti owner retry %s`, or go on without: `tutti owner skip %s`."
                        .formatted(owner.stuck().owner(), owner.stuck().owner())))
            .toList();
    return found.isEmpty() ? List.of(Finding.ok(this, "No owner is in quarantine.")) : found;
  }
}
