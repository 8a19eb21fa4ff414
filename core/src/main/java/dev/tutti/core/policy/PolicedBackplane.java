package dev.tutti.core.policy;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.Execution;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.Health;
import dev.tutti.core.backplane.ImageInspection;
import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.Metering;
import dev.tutti.core.backplane.Networks;
import dev.tutti.core.backplane.ObservationListener;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.Particulars;
import dev.tutti.core.backplane.PublishedPorts;
import dev.tutti.core.backplane.Resizing;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.Volumes;
import dev.tutti.core.backplane.WorkloadFiles;
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
      throw new StartRefused(ExitCodes.REFUSED, sentences(violations));
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
  public Optional<ImageInspection> inspection() {
    return backplane.inspection();
  }

  @Override
  public Optional<Execution> execution() {
    return backplane.execution();
  }

  @Override
  public Optional<WorkloadFiles> files() {
    return backplane.files();
  }

  @Override
  public Optional<Metering> metering() {
    return backplane.metering();
  }

  /** Nobody gets more by asking later. */
  @Override
  public Optional<Resizing> resizing() {
    return backplane
        .resizing()
        .map(resizing ->
            (id, most) -> {
              List<Violation> violations = policy.violations(most);
              if (!violations.isEmpty()) {
                throw new Failure.Rejected(Problem.of("policy-denied", 422, sentences(violations)));
              }
              resizing.resize(id, most);
            });
  }

  @Override
  public Optional<PublishedPorts> ports() {
    return backplane.ports();
  }

  @Override
  public Optional<Networks> networks() {
    return backplane.networks();
  }

  @Override
  public Optional<Volumes> volumes() {
    return backplane.volumes();
  }

  private static String sentences(List<Violation> violations) {
    return violations.stream()
        .map(Violation::sentence)
        .collect(Collectors.joining(" ", "PolicyDenied: ", ""));
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
