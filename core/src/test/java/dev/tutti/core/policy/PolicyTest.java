package dev.tutti.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.backplane.Attachments;
import dev.tutti.core.backplane.HostAccess;
import dev.tutti.core.backplane.Port;
import dev.tutti.core.backplane.PublishedPort;
import dev.tutti.core.backplane.Resources;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PolicyTest {

  private static WorkloadSpec spec(String image, Map<String, String> environment) {
    return new WorkloadSpec(new WorkloadId("w"), image, environment, Map.of());
  }

  private static List<String> rules(Policy policy, WorkloadSpec spec) {
    return policy.violations(spec).stream().map(Violation::rule).toList();
  }

  private static Policy registries(String... places) {
    return new Policy(List.of(places), Resources.unlimited(), List.of());
  }

  @Test
  void nothingIsRestrictedByItselfButAccessToTheMachine() {
    Policy policy = Policy.standard();
    WorkloadSpec plain = spec("evil.example/x:1", Map.of("LD_PRELOAD", "x"));
    assertThat(policy.violations(plain)).isEmpty();
    assertThat(policy.violations(plain.within(new Resources(64_000, 1L << 40)))).isEmpty();
    assertThat(policy.bounded(plain)).isEqualTo(plain);
  }

  static Stream<Arguments> accesses() {
    return Stream.of(
        Arguments.of(new HostAccess.Privileged(), "privileged", "privileged"),
        Arguments.of(new HostAccess.Namespace("network"), "host-namespaces", "network"),
        Arguments.of(new HostAccess.HostPath("/etc"), "host-paths", "/etc"),
        Arguments.of(new HostAccess.Capability("NET_ADMIN"), "capabilities", "NET_ADMIN"),
        Arguments.of(new HostAccess.Device("/dev/kvm"), "devices", "/dev/kvm"),
        Arguments.of(
            new HostAccess.HostPath("/var/run/docker.sock"), "engine-socket", "docker.sock"));
  }

  @Test
  void portsArePublishedOnLoopbackAlone() {
    Port inside = Port.tcp(8080);
    for (String address : List.of("", "0.0.0.0", "::", "192.168.1.4", "localhost", "example.org")) {
      WorkloadSpec spec =
          spec("pv:1", Map.of())
              .with(Attachments.ofPorts(new PublishedPort(inside, address, 8080)));
      assertThat(rules(Policy.standard(), spec)).as(address).containsExactly("published-ports");
    }
    for (String address : List.of("127.0.0.1", "127.8.9.1", "::1")) {
      WorkloadSpec spec =
          spec("pv:1", Map.of()).with(Attachments.ofPorts(new PublishedPort(inside, address, 0)));
      assertThat(Policy.standard().violations(spec)).as(address).isEmpty();
    }
  }

  @Test
  void limitsOfThePolicyHoldForThoseThatAreChangedLater() {
    Policy policy = new Policy(List.of(), new Resources(1000, 1L << 30), List.of());
    assertThat(policy.violations(new Resources(2000, 1L << 31)))
        .extracting(Violation::rule)
        .containsExactly("most-cpus", "most-memory");
    assertThat(policy.violations(Resources.ofMemory(1L << 20))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("accesses")
  void accessToTheMachineIsDeniedByTheRuleThatNamesIt(
      HostAccess wanted, String rule, String named) {
    WorkloadSpec spec = spec("pv:1", Map.of()).reaching(wanted);
    assertThat(Policy.standard().violations(spec))
        .singleElement()
        .satisfies(violation -> assertThat(violation.rule()).isEqualTo(rule))
        .satisfies(violation -> assertThat(violation.sentence()).contains(rule, named, "Leave"));
  }

  @ParameterizedTest
  @CsvSource({
    "ghcr.io,           ghcr.io/acme/pv:1,            true",
    "ghcr.io,           GHCR.IO/acme/pv:1,            true",
    "ghcr.io,           ghcr.io.evil.example/pv:1,    false",
    "ghcr.io,           evil.example/ghcr.io/pv:1,    false",
    "ghcr.io/acme,      ghcr.io/acme/pv:1,            true",
    "ghcr.io/acme,      ghcr.io/acmeevil/pv:1,        false",
    "ghcr.io/acme/pv,   ghcr.io/acme/pv:2,            true",
    "ghcr.io/acme/pv,   ghcr.io/acme/pv@sha256:00,    true",
    "docker.io,         pv:1,                         true",
    "docker.io,         acme/pv:1,                    true",
    "docker.io,         index.docker.io/acme/pv,      true",
    "docker.io/library, pv:1,                         true",
    "docker.io/library, acme/pv:1,                    false",
    "docker.io,         localhost/pv:1,               false",
    "localhost:5000,    localhost:5000/pv:1,          true",
    "localhost,         localhost:5000/pv:1,          false"
  })
  void imagesComeFromTheListedRegistriesAlone(String place, String image, boolean allowed) {
    assertThat(rules(registries(place), spec(image, Map.of())))
        .isEqualTo(allowed ? List.of() : List.of("registries"));
  }

  @Test
  void oneOfSeveralRegistriesIsEnough() {
    Policy policy = registries("ghcr.io/acme", "quay.io");
    assertThat(policy.violations(spec("quay.io/x/y:1", Map.of()))).isEmpty();
    assertThat(policy.violations("pv:1", Set.of()))
        .singleElement()
        .satisfies(violation ->
            assertThat(violation.sentence())
                .contains("pv:1", "docker.io", "ghcr.io/acme, quay.io", "TUTTI_POLICY_REGISTRIES"));
  }

  @Test
  void forbiddenVariablesAreNamedEach() {
    Policy policy = new Policy(List.of(), Resources.unlimited(), List.of("PATH", "LD_*"));
    assertThat(
            policy.violations(
                spec("pv:1", Map.of("LD_PRELOAD", "a", "PATH", "b", "PATHS", "c", "OLD_", "d"))))
        .allSatisfy(violation -> assertThat(violation.rule()).isEqualTo("variables"))
        .extracting(Violation::detail)
        .containsExactlyInAnyOrder(
            "the environment variable 'LD_PRELOAD' may not be set",
            "the environment variable 'PATH' may not be set");
  }

  @Test
  void valuesOfVariablesAreNotTold() {
    Policy policy = new Policy(List.of(), Resources.unlimited(), List.of("*"));
    assertThat(policy.violations(spec("pv:1", Map.of("NAME", "secret"))).toString())
        .contains("NAME")
        .doesNotContain("secret");
  }

  @Test
  void greatestResourcesAreALimitAndTheLimitOfWhoNamesNone() {
    Policy policy = new Policy(List.of(), new Resources(2_000, 1L << 30), List.of());
    WorkloadSpec plain = spec("pv:1", Map.of());
    assertThat(rules(policy, plain.within(new Resources(2_001, (1L << 30) + 1))))
        .containsExactly("most-cpus", "most-memory");
    assertThat(rules(policy, plain.within(new Resources(2_000, 1L << 30)))).isEmpty();
    assertThat(policy.bounded(plain).most()).isEqualTo(new Resources(2_000, 1L << 30));
    assertThat(policy.bounded(plain.within(new Resources(500, 0))).most())
        .isEqualTo(new Resources(500, 1L << 30));
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    Policy policy = new Policy(List.of("ghcr.io"), new Resources(0, 1), List.of("BAD"));
    WorkloadSpec spec =
        spec("pv:1", Map.of("BAD", ""))
            .within(Resources.ofMemory(2))
            .reaching(new HostAccess.Privileged(), new HostAccess.HostPath("/"));
    assertThat(rules(policy, spec))
        .containsExactly("registries", "variables", "privileged", "host-paths", "most-memory");
  }
}
