package dev.tutti.models.simulated;

import dev.tutti.backplane.testkit.Plan;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** What models do once they are started: become ready or not, run, end by themselves or not. */
final class Models implements Function<WorkloadSpec, Plan> {

  private static final byte[] READY = {};

  private final Surroundings world;
  private final BiConsumer<String, byte[]> send;
  private final Function<WorkloadId, Boolean> running;

  Models(
      Surroundings world, BiConsumer<String, byte[]> send, Function<WorkloadId, Boolean> running) {
    this.world = world;
    this.send = send;
    this.running = running;
  }

  @Override
  public Plan apply(WorkloadSpec spec) {
    Dice dice = world.dice();
    if (spec.image().equals(Simulators.UNKNOWN_IMAGE) || dice.happens(0.01)) {
      throw new StartRefused(ExitCodes.IMAGE_UNKNOWN, "ImageUnknown: " + spec.image());
    }
    if (spec.image().equals(Simulators.SILENT_IMAGE)) {
      return Plan.ignoresAsking();
    }
    if (dice.happens(0.9)) {
      becomesReady(spec, dice.happens(0.9) ? dice.between(0, 20_000) : dice.between(0, 400_000));
    }
    Duration start = Duration.ofMillis(dice.happens(0.5) ? 0 : dice.between(1, 5_000));
    Duration run = Duration.ofMillis(dice.between(0, 150_000));
    Plan plan =
        switch (dice.below(4)) {
          case 0 -> Plan.runsUntilAsked();
          case 1 -> Plan.ignoresAsking();
          case 2 -> Plan.exits(0);
          default -> Plan.exits(dice.between(1, 200));
        };
    return plan.startingAfter(start).runningFor(run).saying("began\nran\n");
  }

  private void becomesReady(WorkloadSpec spec, int after) {
    String topic =
        "/lifecycle/model/mso/%s/%s/ReadyForProcessing"
            .formatted(spec.environment().get("SIMULATION_ID"), spec.environment().get("MODEL_ID"));
    world
        .time()
        .in(
            after,
            () -> {
              if (running.apply(spec.id())) {
                world.trace().add("ready " + spec.id());
                send.accept(topic, READY);
              }
            });
  }
}
