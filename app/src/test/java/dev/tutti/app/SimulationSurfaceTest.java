package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.surface.Callers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulationSurfaceTest {

  @Test
  void thereIsNoListenerUnlessItIsAskedFor() {
    SimulationSurface surface = read(Map.of());
    assertThat(surface.port()).isEmpty();
    assertThat(surface.access().anonymous()).isFalse();
    Callers ours = Callers.only("token:first", "the-token");
    assertThat(surface.access(ours, (_, _, _) -> Optional.empty()).callers()).contains(ours);
    assertThat(surface.access().lifetime()).isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void theVariablesOfTheOriginalAreRead() {
    SimulationSurface surface =
        read(
            Map.of(
                "SIMULATION_SURFACE_PORT", "8001",
                "OAUTH_PASSWORD", "word",
                "SECRET_KEY", "key",
                "SIMULATION_TOKEN_LIFETIME", "12h"));
    assertThat(surface.port()).contains(8001);
    assertThat(surface.access().password()).contains("word");
    assertThat(surface.access().secretKey()).contains("key");
    assertThat(surface.access().lifetime()).isEqualTo(Duration.ofHours(12));
  }

  @Test
  void aListenerNeedsAPasswordOrTheWordThatItNeedsNone() {
    assertThatThrownBy(() -> read(Map.of("SIMULATION_SURFACE_PORT", "0", "SECRET_KEY", "x")))
        .hasMessageContaining("needs OAUTH_PASSWORD and SECRET_KEY");
    SimulationSurface open =
        read(Map.of("SIMULATION_SURFACE_PORT", "0", "SIMULATION_SURFACE_ANONYMOUS", "true"));
    assertThat(open.access().anonymous()).isTrue();
    assertThat(read(Map.of("SIMULATION_SURFACE_ANONYMOUS", "true")).access().anonymous()).isFalse();
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    assertThatThrownBy(() ->
            read(Map.of("SIMULATION_SURFACE_PORT", "70000", "SIMULATION_TOKEN_LIFETIME", "ever")))
        .hasMessageContaining("SIMULATION_SURFACE_PORT is '70000'")
        .hasMessageContaining("OAUTH_PASSWORD")
        .hasMessageContaining("SIMULATION_TOKEN_LIFETIME");
  }

  private static SimulationSurface read(Map<String, String> variables) {
    return Configuration.read(new Environment(variables)).simulation().surface();
  }
}
