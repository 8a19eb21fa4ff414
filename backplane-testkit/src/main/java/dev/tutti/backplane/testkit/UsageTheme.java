package dev.tutti.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Metering;
import dev.tutti.core.backplane.Resizing;
import dev.tutti.core.backplane.Resources;
import dev.tutti.core.backplane.Usage;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What workloads use, and limits that change meanwhile. */
interface UsageTheme extends Theme {

  @Test
  default void usageIsMeasured() {
    trial().needs(Capability.METERING);
    Metering metering = trial().backplane().metering().orElseThrow();
    WorkloadId id = trial().start("busy", Program.calculatesAndRuns());
    trial().awaitOutput(id, "ready\n");
    Usage usage = metering.usage(id);
    assertThat(usage.processor()).isBetween(Duration.ofMillis(10), Duration.ofMinutes(1));
    assertThat(usage.memory()).isBetween(1L << 12, 1L << 28);
    assertThat(usage.memoryLimit()).isZero();
    assertThat(usage.programs()).isPositive();

    trial().backplane().stop(id, Duration.ZERO);
    assertThatExceptionOfType(Failure.Rejected.class)
        .isThrownBy(() -> metering.usage(id))
        .satisfies(why -> assertThat(why.problem().code()).isEqualTo("workload-not-running"));
    assertThatExceptionOfType(Failure.NotFound.class)
        .isThrownBy(() -> metering.usage(new WorkloadId("unknown")));
  }

  @Test
  default void limitsChangeWhileItRuns() {
    trial().needs(Capability.RESIZING, Capability.METERING);
    Resizing resizing = trial().backplane().resizing().orElseThrow();
    long memory = 64L << 20;
    WorkloadSpec spec = trial().spec("resized", Program.runs()).within(new Resources(500, memory));
    trial().backplane().start(spec);
    trial().awaitRunning(spec.id());
    resizing.resize(spec.id(), Resources.ofMemory(memory / 2));
    Metering metering = trial().backplane().metering().orElseThrow();
    assertThat(metering.usage(spec.id()).memoryLimit()).isEqualTo(memory / 2);
    resizing.resize(spec.id(), new Resources(250, memory));
    assertThat(metering.usage(spec.id()).memoryLimit()).isEqualTo(memory);
    assertThat(trial().isEnded(spec.id())).isFalse();
    assertThatExceptionOfType(Failure.NotFound.class)
        .isThrownBy(() -> resizing.resize(new WorkloadId("unknown"), Resources.ofMemory(memory)));
  }
}
