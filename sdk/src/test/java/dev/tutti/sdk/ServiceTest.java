package dev.tutti.sdk;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ServiceTest {
  record Power(double power) {}

  record Energy(double energy) {}

  @Test
  void soundDeclarationIsAccepted() {
    assertThatCode(() ->
            Service.named("pv_service2")
                .version("1.0.2")
                .calculation("one")
                .receives(Input.from("weather_service", "sun", Power.class))
                .sends(Output.named("power", Power.class))
                .calculates((_, _, _) -> Results.none())
                .requireSound())
        .doesNotThrowAnyException();
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    Service wrong =
        Service.named("PvService")
            .version("one")
            .calculation("first")
            .receives(Input.from("weather_service", "new_step", Power.class))
            .receives(Input.from("weather_service", "sun", Power.class))
            .sends(Output.named("power", Power.class))
            .calculates((_, _, _) -> Results.none())
            .calculation("first")
            .receives(Input.from("weather_service", "sun", Energy.class))
            .receives(Input.from("other_service", "power", Power.class))
            .sends(Output.named("power", Power.class))
            .calculates((_, _, _) -> Results.none());

    assertThatThrownBy(wrong::requireSound)
        .hasMessageContaining("'PvService' is not in snake_case")
        .hasMessageContaining("the version 'one'")
        .hasMessageContaining("'new_step' belongs to the life cycle")
        .hasMessageContaining("two calculations 'first'")
        .hasMessageContaining("'sun' is received with different variables")
        .hasMessageContaining("'power' is sent twice")
        .hasMessageContaining("'power' is both received and sent");
  }
}
