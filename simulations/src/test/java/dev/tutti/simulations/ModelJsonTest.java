package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.simulations.CalculationService.OnModelFailure;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON as Python's {@code json.dumps(…, ensure_ascii=False)} writes it. */
final class ModelJsonTest {

  private static SimulationRequest request(String start, String zone, boolean corrected) {
    return new SimulationRequest(
        "Zoë's \"näme\"\\",
        LocalDateTime.parse(start),
        ZoneId.of(zone),
        900,
        96,
        10,
        24,
        "info",
        List.of(
            new CalculationService("PVInstallation", "pv", "r/pv:1", 4, OnModelFailure.FAIL),
            new CalculationService("EConnection", "grid", "r/grid:1", 0, OnModelFailure.CONTINUE)),
        corrected,
        0);
  }

  @Test
  void parametersHaveTheirKeysInOrderAndNothingElse() {
    byte[] esdl = "<esdl/>".getBytes(StandardCharsets.UTF_8);
    String json =
        ModelJson.parametersHead(request("2023-01-25T00:00:00", "UTC", false), esdl)
            + ModelJson.parametersTail(List.of("a", "b\tü"));
    assertThat(json)
        .isEqualTo(
            "{\"simulation_name\": \"Zoë's \\\"näme\\\"\\\\\", \"start_timestamp\": 1674604800.0, "
                + "\"time_step_seconds\": 900, \"nr_of_time_steps\": 96, \"calculation_services\": ["
                + "{\"esdl_type\": \"PVInstallation\", \"calc_service_name\": \"pv\", "
                + "\"service_image_url\": \"r/pv:1\", \"nr_of_models\": 4}, "
                + "{\"esdl_type\": \"EConnection\", \"calc_service_name\": \"grid\", "
                + "\"service_image_url\": \"r/grid:1\", \"nr_of_models\": 0}], "
                + "\"esdl_base64string\": \"PGVzZGwvPg==\", \"esdl_ids\": [\"a\", \"b\\tü\"]}");
  }

  @Test
  void onlyARateThatIsNotTheUsualOneIsToldToModels() {
    SimulationRequest usual = request("2023-01-25T00:00:00", "UTC", false);
    SimulationRequest slow =
        new SimulationRequest(
            usual.name(),
            usual.startDate(),
            usual.zone(),
            900,
            96,
            10,
            24,
            "info",
            List.of(
                new CalculationService("EConnection", "grid", "g:1", 0, OnModelFailure.FAIL, 4)),
            false,
            0);
    assertThat(ModelJson.parametersHead(slow, new byte[0]))
        .contains("\"service_image_url\": \"g:1\", \"nr_of_models\": 0, \"every\": 4}]");
  }

  @Test
  void stepIsTextAndItsTimeIsOneStepAheadAsInTheOriginal() {
    assertThat(ModelJson.newStep(request("2023-01-25T00:00:00", "UTC", false), 1))
        .isEqualTo("{\"time_step_nr\": \"1\", \"start_time_stamp\": 1674606600.0}");
  }

  @Test
  void correctedTimeIsThatOfTheStep() {
    assertThat(ModelJson.newStep(request("2023-01-25T00:00:00", "UTC", true), 1))
        .isEqualTo("{\"time_step_nr\": \"1\", \"start_time_stamp\": 1674604800.0}");
  }

  @Test
  void startIsLocalTimeOfItsZone() {
    assertThat(ModelJson.newStep(request("2023-01-25T00:00:00", "Europe/Amsterdam", true), 1))
        .contains("1674601200.0");
    assertThat(ModelJson.newStep(request("2023-01-25T00:00:00.250", "UTC", true), 1))
        .contains("1674604800.25");
  }

  @ParameterizedTest
  @CsvSource({"0,0.0", "1674612000,1674612000.0", "-3600.5,-3600.5", "253402300800,253402300800.0"})
  void numbersLookLikePythonsFloats(double value, String text) {
    assertThat(ModelJson.number(value)).isEqualTo(text);
  }
}
