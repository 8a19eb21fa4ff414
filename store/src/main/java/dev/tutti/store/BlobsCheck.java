package dev.tutti.store;

import dev.tutti.core.Failure;
import dev.tutti.core.doctor.Check;
import dev.tutti.core.doctor.Finding;
import dev.tutti.core.store.Blobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Deep: whether every blob holds what its name says. */
public final class BlobsCheck implements Check {

  private final Blobs blobs;

  public BlobsCheck(Blobs blobs) {
    this.blobs = blobs;
  }

  @Override
  public String name() {
    return "blobs";
  }

  @Override
  public List<Finding> look(boolean deep) {
    Set<String> hashes = blobs.list();
    if (!deep) {
      return List.of(
          Finding.ok(this, "%d blobs are kept; --deep reads them.".formatted(hashes.size())));
    }
    List<Finding> wrong = new ArrayList<>();
    for (String hash : hashes) {
      try {
        // One that is gone was deleted meanwhile, as is its right.
        var _ = blobs.get(hash);
      } catch (Failure.Unavailable damaged) {
        wrong.add(
            Finding.error(
                this,
                damaged.problem().detail(),
                "Restore it from a backup; the deployment that waits for it cannot be launched."));
      }
    }
    return wrong.isEmpty()
        ? List.of(Finding.ok(this, "All %d blobs are sound.".formatted(hashes.size())))
        : wrong;
  }
}
