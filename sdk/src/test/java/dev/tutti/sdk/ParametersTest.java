package dev.tutti.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.dots.ModelId;
import dev.tutti.dots.SimulationId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class ParametersTest {
  private static final SimulationId SIMULATION = new SimulationId("sim");
  private static final ModelId MODEL = new ModelId("pv-service-1");

  @Test
  void parametersAreReadAsTheOrchestratorWritesThem() {
    Simulation simulation =
        Parameters.simulation(SIMULATION, MODEL, json("[\"pv2\", \"pv1\"]", true));

    assertThat(simulation.start()).isEqualTo(Instant.ofEpochSecond(1_674_604_800));
    assertThat(simulation.stepLength()).isEqualTo(Duration.ofMinutes(15));
    assertThat(simulation.steps()).isEqualTo(96);
    assertThat(simulation.objects()).extracting(EsdlObject::id).containsExactly("pv2", "pv1");
    assertThat(simulation.services()).containsEntry("PVInstallation", "pv_service");
  }

  @Test
  void ratesAreRead() {
    Simulation simulation =
        Parameters.simulation(
            SIMULATION,
            MODEL,
            json("[]", true).replace("\"pv_service\",", "\"pv_service\", \"every\": 4,"));

    assertThat(simulation.every("pv_service")).isEqualTo(4);
    assertThat(simulation.every("second_service")).isEqualTo(1);
  }

  @Test
  void base64NeedsNoPadding() {
    assertThat(
            Parameters.simulation(SIMULATION, MODEL, json("[]", false)).energySystem().root().id())
        .isEqualTo("street");
  }

  @Test
  void objectThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Parameters.simulation(SIMULATION, MODEL, json("[\"pv3\"]", true)))
        .hasMessageContaining("'pv3', which is not in the ESDL");
  }

  @Test
  void numberOfAStepIsAText() {
    assertThat(Parameters.step("{\"time_step_nr\": \"7\", \"start_time_stamp\": 1674612000.0}"))
        .isEqualTo(new Parameters.Asked(7, Instant.ofEpochSecond(1_674_612_000)));
    assertThatThrownBy(() -> Parameters.step("{\"start_time_stamp\": 1.0}"))
        .hasMessageContaining("no number of a step");
  }

  private static String json(String ids, boolean padded) {
    Base64.Encoder encoder = Base64.getEncoder();
    String esdl =
        (padded ? encoder : encoder.withoutPadding())
            .encodeToString(Street.ESDL.getBytes(StandardCharsets.UTF_8));
    return """
    {"simulation_name": "Größe", "start_timestamp": 1674604800.0, "time_step_seconds": 900,
     "nr_of_time_steps": 96, "calculation_services": [
       {"esdl_type": "PVInstallation", "calc_service_name": "pv_service", "nr_of_models": 1},
       {"esdl_type": "PVInstallation", "calc_service_name": "second_service", "nr_of_models": 1}],
     "esdl_base64string": "%s", "esdl_ids": %s}
    """
        .formatted(esdl, ids);
  }
}
