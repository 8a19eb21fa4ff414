package dev.tutti.core.policy;

import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.Health;
import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.ObservationListener;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.Particulars;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A backplane that is only asked to start what the policy allows. The last door: whoever accepts
 * requests looks at the policy before, so that people are told at once.
 */
public final class PolicedBackplane implements Backplane {

  private final Backplane backplane;
  private final Policy policy;

  public PolicedBackplane(Backplane backplane, Policy policy) {
    this.backplane = backplane;
    this.policy = policy;
  }

  /** What was started before stays, also when the policy would not allow it any more. */
  @Override
  public void start(WorkloadSpec spec) {
    List<Violation> violations = policy.violations(spec);
    if (violations.isEmpty()) {
      backplane.start(policy.bounded(spec));
    } else if (backplane.list().stream().noneMatch(known -> known.id().equals(spec.id()))) {
      throw new StartRefused(
          ExitCodes.REFUSED,
          violations.stream()
              .map(Violation::sentence)
              .collect(Collectors.joining(" ", "PolicyDenied: ", "")));
    }
  }

  @Override
  public String name() {
    return backplane.name();
  }

  @Override
  public void stop(WorkloadId id, Duration grace) {
    backplane.stop(id, grace);
  }

  @Override
  public void remove(WorkloadId id) {
    backplane.remove(id);
  }

  @Override
  public List<Observed> list() {
    return backplane.list();
  }

  @Override
  public Optional<Particulars> particulars(WorkloadId id) {
    return backplane.particulars(id);
  }

  @Override
  public void watch(ObservationListener listener) {
    backplane.watch(listener);
  }

  @Override
  public InputStream logs(WorkloadId id, LogOptions options) {
    return backplane.logs(id, options);
  }

  @Override
  public Health health() {
    return backplane.health();
  }

  @Override
  public void close() {
    backplane.close();
  }
}
