package dev.tutti.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.HostAccess;
import dev.tutti.core.backplane.Resources;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import dev.tutti.core.policy.PolicedBackplane;
import dev.tutti.core.policy.Policy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PolicedBackplaneTest {

  private static final WorkloadSpec PLAIN =
      new WorkloadSpec(new WorkloadId("w"), "pv:1", Map.of("NAME", "value"), Map.of());

  private final SimulatedBackplane backplane = SimulatedBackplane.untilAsked();

  private PolicedBackplane under(Policy policy) {
    return new PolicedBackplane(backplane, policy);
  }

  @Test
  void backplaneNeverSeesWhatIsDenied() {
    WorkloadSpec wanted = PLAIN.reaching(new HostAccess.HostPath("/run/docker.sock"));
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> under(Policy.standard()).start(wanted))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(ExitCodes.REFUSED))
        .satisfies(refused -> assertThat(refused.reason()).contains("engine-socket", "Leave that"));
    assertThat(backplane.calls(SimulatedBackplane.Call.START)).isZero();
  }

  @Test
  void backplaneSeesTheLimitsOfThePolicy() {
    Resources most = new Resources(500, 1L << 28);
    under(new Policy(List.of(), most, List.of())).start(PLAIN);
    assertThat(backplane.started()).containsExactly(PLAIN.within(most));
  }

  /** A crash after the start has it started again; by then the policy may be another one. */
  @Test
  void whatRunsStaysWhenThePolicyBecomesStricter() {
    under(Policy.standard()).start(PLAIN);
    under(new Policy(List.of("ghcr.io"), Resources.unlimited(), List.of())).start(PLAIN);
    assertThat(backplane.running()).isEqualTo(1);
  }
}
