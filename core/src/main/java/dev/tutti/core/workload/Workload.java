package dev.tutti.core.workload;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.SecretMap;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One container or process: what was asked, where it is, how it ended. Immutable; {@link
 * WorkloadDecisions} gives the next one.
 *
 * @param ownerKind kind of the owner that it runs for
 * @param ownerId id of the owner that it runs for
 * @param group id of the workloads that share its fate and are admitted together
 * @param subject what it is to its owner, such as the model's id
 * @param stopping whether it was asked to stop
 * @param exitCode real exit code or one of {@link dev.tutti.core.backplane.ExitCodes}; null until
 *     it ended
 * @param reason one word or short phrase about the state, empty when there is nothing to say
 * @param lastLines the last lines of its output, kept after the output is gone
 */
public record Workload(
    String id,
    String ownerKind,
    String ownerId,
    String group,
    String subject,
    String image,
    SecretMap environment,
    WorkloadState state,
    boolean stopping,
    Instant created,
    @Nullable Instant started,
    @Nullable Instant ended,
    @Nullable Integer exitCode,
    String reason,
    boolean outOfMemory,
    List<String> lastLines) {

  public static final DocumentKind<Workload> KIND =
      DocumentKind.of(
          "workload",
          Workload.class,
          w -> new Attributes(w.ownerId(), w.subject(), w.state().word()));

  public Workload {
    lastLines = List.copyOf(lastLines);
  }

  /** A workload that has just been decided on. */
  public static Workload planned(
      OwnerRef owner,
      WorkloadId id,
      String group,
      String subject,
      String image,
      Map<String, String> environment,
      Instant now) {
    return new Workload(
        id.value(),
        owner.kind(),
        owner.id(),
        group,
        subject,
        image,
        SecretMap.of(environment),
        WorkloadState.PLANNED,
        false,
        now,
        null,
        null,
        null,
        "",
        false,
        List.of());
  }

  public WorkloadId workloadId() {
    return new WorkloadId(id);
  }

  public OwnerRef owner() {
    return new OwnerRef(ownerKind, ownerId);
  }

  /** What to hand to a backplane. */
  public WorkloadSpec spec() {
    return new WorkloadSpec(
        workloadId(),
        image,
        environment,
        Map.of("tutti.owner", owner().toString(), "tutti.subject", subject));
  }

  /** The same workload in another state; the instants of its start and end are set once. */
  Workload in(WorkloadState next, String why, Instant now) {
    Instant startedAt = started == null && next == WorkloadState.RUNNING ? now : started;
    Instant endedAt = ended == null && next.ended() ? now : ended;
    return with(
        next, stopping, startedAt, endedAt, new Outcome(exitCode, why, outOfMemory), lastLines);
  }

  Workload withExit(int code, boolean memory) {
    return with(state, stopping, started, ended, new Outcome(code, reason, memory), lastLines);
  }

  /** The same workload, which could not be started yet. */
  public Workload delayed(String why) {
    Outcome waiting = new Outcome(exitCode, "StartDelayed: " + why, outOfMemory);
    return with(state, stopping, started, ended, waiting, lastLines);
  }

  /** The same workload, asked to stop. */
  public Workload askedToStop() {
    return with(state, true, started, ended, outcome(), lastLines);
  }

  /** The same workload with the last lines of its output. */
  public Workload withLastLines(List<String> lines) {
    return with(state, stopping, started, ended, outcome(), lines);
  }

  /** The same workload after the backplane forgot it. */
  public Workload removed(Instant now) {
    return in(WorkloadState.REMOVED, reason, now);
  }

  private record Outcome(@Nullable Integer exitCode, String reason, boolean outOfMemory) {}

  private Outcome outcome() {
    return new Outcome(exitCode, reason, outOfMemory);
  }

  private Workload with(
      WorkloadState next,
      boolean toStop,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      Outcome outcome,
      List<String> lines) {
    return new Workload(
        id,
        ownerKind,
        ownerId,
        group,
        subject,
        image,
        environment,
        next,
        toStop,
        created,
        startedAt,
        endedAt,
        outcome.exitCode(),
        outcome.reason(),
        outcome.outOfMemory(),
        lines);
  }
}
