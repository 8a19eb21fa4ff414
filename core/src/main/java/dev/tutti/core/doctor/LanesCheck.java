package dev.tutti.core.doctor;

import dev.tutti.core.run.Engine;
import dev.tutti.core.run.LaneStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Whether commands wait that were tried in vain for long. */
public final class LanesCheck implements Check {

  private static final int NAMED = 5;

  private final Engine engine;
  private final Duration tolerated;
  private final Set<String> patient;

  /**
   * @param tolerated how long a command may be tried in vain before it is a finding
   * @param patient lanes in which waiting long is nothing wrong
   */
  public LanesCheck(Engine engine, Duration tolerated, Set<String> patient) {
    this.patient = Set.copyOf(patient);
    this.engine = engine;
    this.tolerated = tolerated;
  }

  @Override
  public String name() {
    return "commands";
  }

  @Override
  public List<Finding> look(boolean deep) {
    Instant now = engine.clock().instant();
    List<LaneStatus> late =
        engine.lanes().statuses().stream()
            .filter(lane -> !patient.contains(lane.lane()))
            .filter(lane -> lane.tries() > 0 && lane.since().isBefore(now.minus(tolerated)))
            .sorted(Comparator.comparing(LaneStatus::since))
            .toList();
    if (late.isEmpty()) {
      return List.of(
          Finding.ok(
              this,
              "No command was tried in vain for longer than %d s."
                  .formatted(tolerated.toSeconds())));
    }
    return late.stream()
        .limit(NAMED)
        .map(lane ->
            Finding.warning(
                this,
                "In lane %s, %s of %s was tried %d times since %s; %d wait. The last try said: %s"
                    .formatted(
                        lane.lane(),
                        lane.command(),
                        lane.owner(),
                        lane.tries(),
                        lane.since(),
                        lane.waiting(),
                        lane.lastFailure()),
                "It goes on by itself once what it needs is there; %d lanes wait like this."
                    .formatted(late.size())))
        .toList();
  }
}
