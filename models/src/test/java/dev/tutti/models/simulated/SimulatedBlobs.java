package dev.tutti.models.simulated;

import dev.tutti.core.Failure;
import dev.tutti.core.store.Blobs;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Blobs on the same disk as the store. Their names are numbers, so that a run can be repeated. */
final class SimulatedBlobs implements Blobs {

  private final Faults faults;
  private final Danger danger;
  private final Map<String, byte[]> kept = new LinkedHashMap<>();
  private long put;

  SimulatedBlobs(Faults faults, Danger danger) {
    this.faults = faults;
    this.danger = danger;
  }

  private void reach(String what) {
    if (faults.storeAway()) {
      throw new Failure.Unavailable("the disk is away");
    }
    danger.at(what);
  }

  @Override
  public String put(byte[] content) {
    reach("before blob");
    String name = "blob" + put++;
    kept.put(name, content);
    danger.at("after blob");
    return name;
  }

  @Override
  public Optional<byte[]> get(String hash) {
    reach("read blob");
    return Optional.ofNullable(kept.get(hash));
  }

  @Override
  public Set<String> list() {
    reach("list blobs");
    return Set.copyOf(kept.keySet());
  }

  @Override
  public void delete(String hash) {
    reach("before blob is deleted");
    kept.remove(hash);
    danger.at("after blob is deleted");
  }

  int count() {
    return kept.size();
  }
}
