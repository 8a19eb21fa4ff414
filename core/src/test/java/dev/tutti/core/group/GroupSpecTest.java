package dev.tutti.core.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class GroupSpecTest {

  private static Member member(String name, String... after) {
    return new Member(
        new WorkloadSpec(new WorkloadId(name), "image:1", Map.of(), Map.of()),
        Arrays.stream(after).map(WorkloadId::new).collect(Collectors.toSet()),
        new Readiness.Running(),
        Duration.ofSeconds(1));
  }

  @Test
  void eachLayerComesAfterTheOneBefore() {
    GroupSpec spec =
        new GroupSpec(List.of(member("web", "api", "db"), member("api", "db"), member("db")));
    assertThat(spec.layers().stream().map(layer -> layer.getFirst().id().value()))
        .containsExactly("db", "api", "web");
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    assertThatExceptionOfType(Failure.Rejected.class)
        .isThrownBy(() -> new GroupSpec(List.of(member("a", "nobody"), member("b"), member("b"))))
        .withMessageContaining("'b' is there twice")
        .withMessageContaining("'a' comes after 'nobody', which is not there");
  }

  @Test
  void whoWaitsForItselfIsNamed() {
    assertThatExceptionOfType(Failure.Rejected.class)
        .isThrownBy(() ->
            new GroupSpec(
                List.of(member("a", "b"), member("b", "c"), member("c", "b"), member("d"))))
        .withMessageContaining("each of a, b, c comes");
  }
}
