package dev.tutti.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Attachments;
import dev.tutti.core.backplane.Command;
import dev.tutti.core.backplane.Executed;
import dev.tutti.core.backplane.NetworkAttachment;
import dev.tutti.core.backplane.NetworkFacts;
import dev.tutti.core.backplane.Networks;
import dev.tutti.core.backplane.ObjectName;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Networks of workloads. */
interface NetworksTheme extends Theme {

  ObjectName INNER = new ObjectName("inner");

  @Test
  default void networkIsMadeListedAndRemoved() {
    trial().needs(Capability.NETWORKS);
    Networks networks = networks();
    assertThat(networks.list()).isEmpty();
    NetworkFacts inner = new NetworkFacts(INNER, true, Map.of("of", "a service"));
    NetworkFacts outer = new NetworkFacts(new ObjectName("outer"), false, Map.of());
    networks.create(outer);
    networks.create(inner);
    networks.create(inner);
    assertThat(networks.list()).containsExactly(inner, outer);
    assertThatExceptionOfType(Failure.Rejected.class)
        .isThrownBy(() -> networks.create(new NetworkFacts(INNER, false, Map.of())));
    networks.remove(INNER);
    networks.remove(INNER);
    assertThat(networks.list()).containsExactly(outer);
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> trial().backplane().start(inInner("lost", Program.runs())))
        .satisfies(refused -> assertThat(refused.reason()).contains("inner"));
  }

  @Test
  default void workloadsOfANetworkFindEachOtherByName() {
    trial().needs(Capability.NETWORKS, Capability.COMMANDS);
    networks().create(new NetworkFacts(INNER, true, Map.of()));
    WorkloadSpec first = inInner("first", Program.runs());
    trial().backplane().start(first);
    WorkloadId second = trial().start("second", Program.runs());
    trial().awaitRunning(first.id());
    trial().awaitRunning(second);
    assertThat(finds(second, "alpha", Duration.ofSeconds(1))).isFalse();

    NetworkAttachment asBeta = new NetworkAttachment(INNER, List.of(new ObjectName("beta")));
    networks().attach(second, asBeta);
    networks().attach(second, asBeta);
    assertThat(finds(second, "alpha", Trial.PATIENT)).isTrue();
    assertThat(finds(first.id(), "beta", Trial.PATIENT)).isTrue();
    assertThatExceptionOfType(Failure.Rejected.class).isThrownBy(() -> networks().remove(INNER));

    networks().detach(second, INNER);
    networks().detach(second, INNER);
    assertThat(finds(second, "alpha", Duration.ofSeconds(1))).isFalse();
    assertThatExceptionOfType(Failure.NotFound.class)
        .isThrownBy(() -> networks().attach(new WorkloadId("unknown"), asBeta));
    assertThatExceptionOfType(Failure.NotFound.class)
        .isThrownBy(() -> networks().detach(second, new ObjectName("unknown")));
  }

  private Networks networks() {
    return trial().backplane().networks().orElseThrow();
  }

  private WorkloadSpec inInner(String name, Program program) {
    return trial()
        .spec(name, program)
        .with(
            Attachments.ofNetworks(new NetworkAttachment(INNER, List.of(new ObjectName("alpha")))));
  }

  /** Whether packets come through is up to the firewall of the machine. */
  private boolean finds(WorkloadId from, String name, Duration within) {
    Executed done =
        trial()
            .backplane()
            .execution()
            .orElseThrow()
            .run(from, Command.of(within, "nslookup", name));
    return done.succeeded();
  }
}
