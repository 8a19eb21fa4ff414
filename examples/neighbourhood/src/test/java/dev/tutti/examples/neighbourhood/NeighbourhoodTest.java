package dev.tutti.examples.neighbourhood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.sdk.LocalResults;
import dev.tutti.sdk.LocalRun;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The whole street, on a day in summer and one in winter, with the SDK's own clock. */
final class NeighbourhoodTest {
  private static final int STEPS = 96;
  private static final int HOUSES = 10;
  private static final LocalResults SUMMER = day("2023-06-21T00:00:00Z");

  @Test
  void everybodySendsInEveryStep() {
    assertThat(SUMMER.of(WeatherModel.WEATHER)).hasSize(1);
    assertThat(SUMMER.of(RoofModel.YIELD)).hasSize(HOUSES);
    assertThat(SUMMER.of(HouseholdModel.DEMAND)).hasSize(HOUSES);
    assertThat(SUMMER.of(ConnectionModel.BALANCE)).hasSize(HOUSES);
    assertThat(SUMMER.of(NetworkModel.STATE)).hasSize(1);
    assertThat(SUMMER.of(NetworkModel.STATE, "network")).hasSize(STEPS);
  }

  @Test
  void roofsYieldNothingAtNightAndSomethingByDay() {
    List<Weather> weather = SUMMER.of(WeatherModel.WEATHER, "neighbourhood");
    SUMMER
        .of(RoofModel.YIELD)
        .forEach((roof, powers) -> {
          for (int step = 0; step < STEPS; step++) {
            boolean day = weather.get(step).sunElevation() > 0;
            assertThat(powers.get(step).power() > 0)
                .as("%s in step %d", roof, step + 1)
                .isEqualTo(day);
          }
        });
  }

  @Test
  void roofToTheEastIsEarlyAndRoofToTheWestIsLate() {
    assertThat(middle("roof-05")).as("east").isLessThan(middle("roof-02") - 2);
    assertThat(middle("roof-06")).as("west").isGreaterThan(middle("roof-02") + 2);
  }

  @Test
  void goodRoofYieldsWhatSuchRoofsYieldOnAClearDay() {
    double kilowattHours = energy(SUMMER.of(RoofModel.YIELD, "roof-01"), Power::energy);
    // 3.2 kW of panels: six to eight hours of full sun.
    assertThat(kilowattHours).isBetween(18.0, 26.0);
  }

  @Test
  void householdUsesWhatHouseholdsUse() {
    SUMMER
        .of(HouseholdModel.DEMAND)
        .forEach((household, powers) ->
            assertThat(energy(powers, Power::energy)).as(household).isBetween(3.0, 25.0));
  }

  @Test
  void householdsAreDifferentButAlwaysTheSame() {
    Map<String, List<Power>> again = day("2023-06-21T00:00:00Z").of(HouseholdModel.DEMAND);

    assertThat(again).isEqualTo(SUMMER.of(HouseholdModel.DEMAND));
    assertThat(again.values()).doesNotHaveDuplicates();
  }

  @Test
  void everyConnectionBalancesItsRoofAndHousehold() {
    for (int house = 1; house <= HOUSES; house++) {
      String number = "%02d".formatted(house);
      List<Balance> balances = SUMMER.of(ConnectionModel.BALANCE, "connection-" + number);
      List<Power> yields = SUMMER.of(RoofModel.YIELD, "roof-" + number);
      List<Power> demands = SUMMER.of(HouseholdModel.DEMAND, "household-" + number);
      for (int step = 0; step < STEPS; step++) {
        Balance balance = balances.get(step);
        assertThat(balance.netPower() + yields.get(step).power())
            .isCloseTo(demands.get(step).power(), within(1e-6));
        assertThat(balance.importedEnergy() - balance.exportedEnergy())
            .isCloseTo(balance.netPower() * 0.25 / 1_000, within(1e-9));
        assertThat(balance.selfConsumption()).isBetween(0.0, 1.0);
      }
    }
  }

  @Test
  void energyOfTheWholeStreetCloses() {
    for (int step = 0; step < STEPS; step++) {
      int at = step;
      double demand = sum(SUMMER.of(HouseholdModel.DEMAND), at, Power::power);
      double yield = sum(SUMMER.of(RoofModel.YIELD), at, Power::power);
      NetworkState state = SUMMER.of(NetworkModel.STATE, "network").get(step);

      assertThat(state.transformerPower() + yield)
          .as("step %d", step + 1)
          .isCloseTo(demand + state.losses(), within(1e-6));
      assertThat(state.losses()).isPositive();
    }
  }

  @Test
  void sunnyNoonTurnsTheTransformerAroundAndLiftsTheVoltage() {
    NetworkState noon = SUMMER.of(NetworkModel.STATE, "network").get(47);
    NetworkState evening = SUMMER.of(NetworkModel.STATE, "network").get(76);

    assertThat(noon.netPower()).isNegative();
    assertThat(noon.highestVoltage()).isGreaterThan(1.0);
    assertThat(evening.netPower()).isPositive();
    assertThat(evening.lowestVoltage()).isLessThan(1.0);
    assertThat(noon.transformerLoading()).isBetween(0.1, 1.0);
  }

  @Test
  void winterNeedsTheNetwork() {
    LocalResults winter = day("2023-01-25T00:00:00Z");

    assertThat(energy(winter.of(NetworkModel.STATE, "network"), NetworkState::netPower))
        .isGreaterThan(energy(SUMMER.of(NetworkModel.STATE, "network"), NetworkState::netPower));
    assertThat(energy(winter.of(RoofModel.YIELD, "roof-01"), Power::energy))
        .isLessThan(energy(SUMMER.of(RoofModel.YIELD, "roof-01"), Power::energy));
  }

  /** The step around which a roof yields. */
  private static double middle(String roof) {
    List<Power> powers = SUMMER.of(RoofModel.YIELD, roof);
    double all = energy(powers, Power::power);
    return IntStream.range(0, STEPS).mapToDouble(step -> step * powers.get(step).power()).sum()
        / all;
  }

  private static <T> double energy(List<T> values, ToDoubleFunction<T> part) {
    return values.stream().mapToDouble(part).sum();
  }

  private static <T> double sum(Map<String, List<T>> values, int step, ToDoubleFunction<T> part) {
    return values.values().stream().mapToDouble(steps -> part.applyAsDouble(steps.get(step))).sum();
  }

  private static LocalResults day(String start) {
    return LocalRun.of(Path.of("neighbourhood.esdl"))
        .with(WeatherModel.service(), "EnergySystem")
        .with(RoofModel.service(), "PVInstallation")
        .with(HouseholdModel.service(), "ElectricityDemand")
        .with(ConnectionModel.service(), "EConnection")
        .with(NetworkModel.service(), "ElectricityNetwork")
        .from(Instant.parse(start))
        .steps(STEPS, Duration.ofMinutes(15))
        .run();
  }
}
