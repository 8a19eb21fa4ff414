package dev.tutti.dots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ModelConfigurationTest {
  private final ModelConfiguration model =
      new ModelConfiguration(
          "m",
          "image",
          List.of(
              new EnvironmentVariable("B", "first"),
              new EnvironmentVariable("A", "secret"),
              new EnvironmentVariable("B", "last"),
              new EnvironmentVariable("C", "")));

  @Test
  void repeatedVariableKeepsItsFirstPlaceAndItsLastValue() {
    assertThat(model.environment())
        .containsExactly(entry("B", "last"), entry("A", "secret"), entry("C", ""));
  }

  @Test
  void valuesOfVariablesAreNotInTheText() {
    assertThat(model.toString()).contains("A=…").doesNotContain("secret");
  }
}
