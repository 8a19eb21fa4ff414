package dev.tutti.cli.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.cli.project.ServiceConfig.Calculation;
import dev.tutti.cli.project.ServiceConfig.Data;
import dev.tutti.cli.project.ServiceConfig.Received;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigReaderTest {

  @Test
  void soundConfigurationIsRead() {
    ConfigReader.Result result =
        ConfigReader.read(
            """
            default_context:
              service_name: pv_service
              version: 1.0
              calculations:
                pv_yield:
                  receives:
                    weather_service:
                      sun:
                        irradiance: List[float]
                        matrix: "List[List[float]]"
                  sends:
                    pv_power:
                      power: float
                empty:
                  receives: {}
                  sends:
            """);

    Data sun =
        new Data(
            "sun",
            Map.of("irradiance", VariableKind.LIST_FLOAT, "matrix", VariableKind.LIST_LIST_FLOAT));
    assertThat(result)
        .isEqualTo(
            new ConfigReader.Result.Sound(
                new ServiceConfig(
                    "pv_service",
                    "1.0",
                    List.of(
                        new Calculation(
                            "pv_yield",
                            List.of(new Received("weather_service", sun)),
                            List.of(new Data("pv_power", Map.of("power", VariableKind.FLOAT)))),
                        new Calculation("empty", List.of(), List.of())))));
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    assertThat(
            problems(
                """
                default_context:
                  service_name: PvService
                  version: one
                  calculations:
                    first-one:
                      recieves: {}
                      receives:
                        weather_service:
                          new_step:
                            irradiance: double
                          sun:
                            irradiance: float
                      sends:
                        power:
                          Watt: float
                          kind: colour
                    second:
                      receives:
                        other_service:
                          sun:
                            irradiance: float
                        third_service:
                          power:
                            watt: float
                      sends:
                        power:
                          watt: float
                """))
        .containsExactlyInAnyOrder(
            "default_context.service_name: 'PvService' is not in snake_case (lower-case letters, digits, single underscores). Write 'pv_service'",
            "default_context.version: 'one' is no version. Write one to three numbers: 1, 1.0 or 1.0.0, in quotes if it ends in a zero",
            "default_context.calculations.first-one: 'first-one' is not in snake_case (lower-case letters, digits, single underscores). Write 'first_one'",
            "default_context.calculations.first-one.recieves: a calculation has no 'recieves'. Did you mean 'receives'?",
            "default_context.calculations.first-one.receives.weather_service.new_step: 'new_step' is a message of the life cycle. Choose another name",
            "default_context.calculations.first-one.receives.weather_service.new_step.irradiance: there is no type 'double'. Did you mean float?",
            "default_context.calculations.first-one.sends.power.Watt: 'Watt' is not in snake_case (lower-case letters, digits, single underscores). Write 'watt'",
            "default_context.calculations.first-one.sends.power.kind: there is no type 'colour'. Use one of int, float, str, bool, dict, List[int], List[str], List[bool], List[float], List[List[float]]",
            "default_context.calculations.second.receives.other_service.sun: 'sun' differs from default_context.calculations.first-one.receives.weather_service.sun. The same input has the same service and variables everywhere; or give it another name",
            "default_context.calculations.second.sends.power: 'power' is sent by default_context.calculations.first-one.sends.power too. Give it a name of its own",
            "default_context.calculations.first-one.sends.power: 'power' is both received and sent. Results of a service are no inputs of it: rename one of the two");
  }

  @Test
  void missingPartsAreNamed() {
    assertThat(problems("default_context: {}"))
        .contains(
            "default_context.service_name: it is missing. Add a line 'service_name: ...'",
            "default_context.calculations: there is no calculation. Add one: a name with 'receives' and 'sends'");
    assertThat(problems("other: 1"))
        .anyMatch(problem -> problem.startsWith("default_context: it is missing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "- a list", "{ broken", "a: 1\na: 2", "just text"})
  void whatIsNoYamlMapIsOneProblem(String text) {
    assertThat(problems(text)).singleElement().asString().startsWith("the file: is no YAML map");
  }

  private static List<String> problems(String yaml) {
    return switch (ConfigReader.read(yaml)) {
      case ConfigReader.Result.Sound sound -> throw new AssertionError("accepted: " + sound);
      case ConfigReader.Result.Wrong(List<ConfigProblem> problems) ->
          problems.stream().map(ConfigProblem::toString).toList();
    };
  }
}
