package dev.tutti.core.run;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.backplane.Health;
import dev.tutti.core.store.Document;
import java.time.Instant;
import java.util.List;

/** The owners in quarantine, with what made them stuck. */
public final class StuckOwners {

  private final Engine engine;

  /**
   * One of them.
   *
   * @param waiting how many messages wait for its release
   */
  public record StuckOwner(Stuck stuck, int waiting) {}

  public StuckOwners(Engine engine) {
    this.engine = engine;
  }

  /** All of them, in the order of their owners. */
  public List<StuckOwner> all() {
    return engine.strands().stuck().stream()
        .map(owner -> new StuckOwner(stuck(owner), engine.strands().status(owner).waiting()))
        .toList();
  }

  /** The record of it; one that the store did not take is made up for. */
  private Stuck stuck(OwnerRef owner) {
    return engine
        .store()
        .find(Stuck.KIND, owner.toString())
        .map(Document::body)
        .orElseGet(() ->
            new Stuck(
                owner.kind(),
                owner.id(),
                "a message",
                "the store did not take the record of it; the log has it",
                Instant.EPOCH));
  }

  /**
   * Always well, for all others go on; the detail says how many are stuck, and not which, because
   * anybody may read it.
   */
  public Health health() {
    int stuck = engine.strands().stuck().size();
    return stuck == 0
        ? Health.good()
        : new Health(
            true,
            "degraded: %d in quarantine, which decide nothing; `tutti owner ls` says why"
                .formatted(stuck));
  }
}
