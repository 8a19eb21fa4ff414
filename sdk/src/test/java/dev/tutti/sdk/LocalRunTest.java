package dev.tutti.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LocalRunTest {
  record Sun(double irradiance) {}

  record Power(double power) {}

  private static final Input<Sun> SUN = Input.from("weather_service", "sun", Sun.class);
  private static final Output<Power> YIELD = Output.named("pv_power", Power.class);
  private static final Input<Power> ROOFS = Input.from("pv_service", "pv_power", Power.class);
  private static final Output<Power> TOTAL = Output.named("total", Power.class);

  private final Service pv =
      Service.named("pv_service")
          .calculation("pv_yield")
          .receives(SUN)
          .sends(YIELD)
          .calculates((_, roof, inputs) ->
              YIELD.of(
                  new Power(inputs.only(SUN).irradiance() * roof.number("panelEfficiency", 0.2))));

  private final Service connection =
      Service.named("connection_service")
          .calculation("add")
          .receives(ROOFS)
          .sends(TOTAL)
          .calculates((_, _, inputs) ->
              TOTAL.of(new Power(inputs.all(ROOFS).stream().mapToDouble(Power::power).sum())));

  @Test
  void servicesExchangeDataInEveryStep() {
    LocalResults results =
        LocalRun.of(EnergySystem.read(Street.ESDL))
            .with(connection, "EConnection")
            .with(pv, "PVInstallation")
            .given(SUN, "EnergySystem", (step, _) -> new Sun(100 * step.number()))
            .steps(3, Duration.ofMinutes(15))
            .run();

    assertThat(results.of(YIELD, "pv1")).extracting(Power::power).containsExactly(25.0, 50.0, 75.0);
    assertThat(results.of(TOTAL, "ec1"))
        .extracting(Power::power)
        .containsExactly(45.0, 90.0, 135.0);
  }

  @Test
  void stepsKnowTheirTime() {
    Instant start = Instant.parse("2026-06-01T00:00:00Z");
    LocalResults results =
        LocalRun.of(EnergySystem.read(Street.ESDL))
            .with(pv, "PVInstallation")
            .given(
                SUN,
                "EnergySystem",
                (step, _) -> new Sun(Duration.between(start, step.start()).toMinutes()))
            .from(start)
            .steps(2, Duration.ofMinutes(15))
            .run();

    assertThat(results.of(YIELD, "pv2")).extracting(Power::power).containsExactly(0.0, 3.0);
  }

  /** Whatever the rates, a datum is that of the sender's last step. */
  @Test
  void lastDataOfAServiceHoldUntilItTakesPartAgain() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int sun = 1 + random.nextInt(6);
      int roofs = 1 + random.nextInt(6);
      int adder = 1 + random.nextInt(6);
      int steps = 1 + random.nextInt(40);
      LocalResults results =
          LocalRun.of(EnergySystem.read(Street.ESDL))
              .with(connection, "EConnection", adder)
              .with(pv, "PVInstallation", roofs)
              .with(
                  Service.named("weather_service")
                      .calculation("shine")
                      .sends(SUN.asOutput())
                      .calculates((step, _, _) -> SUN.asOutput().of(new Sun(step.number()))),
                  "EnergySystem",
                  sun)
              .steps(steps, Duration.ofMinutes(15))
              .run();

      List<Double> expected = new ArrayList<>();
      for (int step = 1; step <= steps; step += adder) {
        int roofStep = 1 + (step - 1) / roofs * roofs;
        int sunStep = 1 + (roofStep - 1) / sun * sun;
        expected.add(sunStep * 0.25 + sunStep * 0.2);
      }
      assertThat(results.of(TOTAL, "ec1"))
          .as("seed %d: every %d, %d, %d of %d", seed, sun, roofs, adder, steps)
          .extracting(Power::power)
          .containsExactlyElementsOf(expected);
    }
  }

  @Test
  void stepOfAServiceLastsUntilItTakesPartAgain() {
    LocalResults results =
        LocalRun.of(EnergySystem.read(Street.ESDL))
            .with(
                Service.named("pv_service")
                    .calculation("hours")
                    .sends(YIELD)
                    .calculates((step, _, _) -> YIELD.of(new Power(step.hours()))),
                "PVInstallation",
                2)
            .steps(4, Duration.ofMinutes(15))
            .run();

    assertThat(results.of(YIELD, "pv1")).extracting(Power::power).containsExactly(0.5, 0.5);
  }

  @Test
  void missingSenderIsNamed() {
    LocalRun lonely =
        LocalRun.of(EnergySystem.read(Street.ESDL))
            .with(connection, "EConnection")
            .with(pv, "PVInstallation")
            .with(
                Service.named("weather_service")
                    .calculation("rest")
                    .calculates((_, _, _) -> Results.none()),
                "EnergySystem");

    assertThatThrownBy(lonely::run)
        .hasMessageContaining("step 1 cannot end")
        .hasMessageContaining("sun of street in weather_service");
  }

  @Test
  void classThatIsNotInTheFileIsNamed() {
    assertThatThrownBy(
            () -> LocalRun.of(EnergySystem.read(Street.ESDL)).with(pv, "WindTurbine").run())
        .hasMessageContaining("no object of class 'WindTurbine'");
  }
}
