package dev.tutti.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Attachments;
import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.ObjectName;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.VolumeFacts;
import dev.tutti.core.backplane.VolumeMount;
import dev.tutti.core.backplane.Volumes;
import dev.tutti.core.backplane.WorkloadPath;
import dev.tutti.core.backplane.WorkloadSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files that outlive workloads. */
interface VolumesTheme extends Theme {

  ObjectName STATE = new ObjectName("state");

  @Test
  default void volumeIsMadeListedAndRemoved() {
    trial().needs(Capability.VOLUMES);
    Volumes volumes = volumes();
    assertThat(volumes.list()).isEmpty();
    VolumeFacts state = new VolumeFacts(STATE, Map.of("of", "a service"));
    VolumeFacts inputs = new VolumeFacts(new ObjectName("inputs"), Map.of());
    volumes.create(state);
    volumes.create(inputs);
    volumes.create(state);
    assertThat(volumes.list()).containsExactly(inputs, state);
    assertThatExceptionOfType(Failure.Rejected.class)
        .isThrownBy(() -> volumes.create(new VolumeFacts(STATE, Map.of())));
    volumes.remove(STATE);
    volumes.remove(STATE);
    assertThat(volumes.list()).containsExactly(inputs);
    assertThatExceptionOfType(Failure.NotFound.class).isThrownBy(() -> volumes.bytes(STATE));
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> trial().backplane().start(mounting("lost", Program.runs(), false)))
        .satisfies(refused -> assertThat(refused.reason()).contains("state"));
    assertThat(volumes.list()).containsExactly(inputs);
  }

  @Test
  default void whatIsWrittenToAVolumeOutlivesTheWorkload() {
    trial().needs(Capability.VOLUMES);
    volumes().create(new VolumeFacts(STATE, Map.of()));
    WorkloadSpec writer = mounting("writer", Program.writes("/data/note", 5000), false);
    trial().backplane().start(writer);
    assertThat(trial().awaitExit(writer.id()).code()).isZero();
    trial().backplane().remove(writer.id());
    assertThat(volumes().bytes(STATE)).isBetween(5000L, 50_000L);

    WorkloadSpec reader = mounting("reader", Program.readsAndWrites("/data/note"), true);
    trial().backplane().start(reader);
    assertThat(trial().awaitExit(reader.id()).code()).as("it may only read").isEqualTo(7);
    assertThat(trial().text(reader.id(), LogOptions.all())).contains("x".repeat(5000));
    assertThatExceptionOfType(Failure.Rejected.class).isThrownBy(() -> volumes().remove(STATE));
    trial().backplane().remove(reader.id());
    volumes().remove(STATE);
    assertThat(volumes().list()).isEmpty();
  }

  private Volumes volumes() {
    return trial().backplane().volumes().orElseThrow();
  }

  private WorkloadSpec mounting(String name, Program program, boolean readOnly) {
    return trial()
        .spec(name, program)
        .with(Attachments.ofVolumes(new VolumeMount(STATE, WorkloadPath.of("/data"), readOnly)));
  }
}
