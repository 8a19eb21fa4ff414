package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.surface.Surface;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The original's API on our own port. */
class OriginalBesideOursTest extends OriginalRestContract {

  @Override
  List<Surface> surfaces(RestStage on, CompatibilitySurface original) {
    Surface ours =
        new Surface(
            "tutti",
            "/api/v1",
            new SimulationEndpoints(on.simulations, on.planner, NoResults.SOURCE, on.clock)
                .endpoints());
    return List.of(ours, original.besideOurs());
  }

  @Test
  void ourOwnPathsAreNoneOfTheirs() {
    assertThat(stage.get("/api/v1/simulations", RestStage.TOKEN).statusCode()).isEqualTo(200);
    assertThat(stage.get("/api/v1/simulations/x", RestStage.TOKEN).body())
        .contains("urn:tutti:problem:not-found");
  }
}
