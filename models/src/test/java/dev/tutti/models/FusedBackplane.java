package dev.tutti.models;

import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.Health;
import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.ObservationListener;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/** A backplane whose every call is a position at which the process may end. */
final class FusedBackplane implements Backplane {

  private final Backplane backplane;
  private final Fuse fuse;

  FusedBackplane(Backplane backplane, Fuse fuse) {
    this.backplane = backplane;
    this.fuse = fuse;
  }

  @Override
  public String name() {
    return backplane.name();
  }

  @Override
  public void start(WorkloadSpec spec) {
    fuse.through(() -> backplane.start(spec));
  }

  @Override
  public void stop(WorkloadId id, Duration grace) {
    fuse.through(() -> backplane.stop(id, grace));
  }

  @Override
  public void remove(WorkloadId id) {
    fuse.through(() -> backplane.remove(id));
  }

  @Override
  public List<Observed> list() {
    return fuse.alive(backplane::list);
  }

  @Override
  public void watch(ObservationListener listener) {
    backplane.watch((id, observation) -> {
      if (!fuse.blown()) {
        listener.observed(id, observation);
      }
    });
  }

  @Override
  public InputStream logs(WorkloadId id, LogOptions options) {
    return fuse.through(() -> backplane.logs(id, options));
  }

  @Override
  public Health health() {
    return backplane.health();
  }

  @Override
  public void close() {}
}
