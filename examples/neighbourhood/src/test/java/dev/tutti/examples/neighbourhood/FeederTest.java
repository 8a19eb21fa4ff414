package dev.tutti.examples.neighbourhood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FeederTest {
  private final Feeder feeder = new Feeder(0.01, 400);

  @Test
  void idleCableLosesNothing() {
    assertThat(feeder.flow(List.of(0.0, 0.0))).isEqualTo(new Feeder.Flow(0, 1, 1));
  }

  @Test
  void lossesAreThoseOfTheCurrentInEachPiece() {
    // 16 kW behind the first piece, 8 kW behind the second: 23.09 A and 11.55 A in each phase.
    Feeder.Flow flow = feeder.flow(List.of(8_000.0, 8_000.0));

    assertThat(flow.losses()).isCloseTo(3 * 0.01 * (533.33 + 133.33), within(0.01));
    assertThat(flow.lowestVoltage()).isCloseTo(1 - 0.001 - 0.0005, within(1e-9));
    assertThat(flow.highestVoltage()).isEqualTo(1);
  }

  @Test
  void whoFeedsInLiftsTheVoltage() {
    assertThat(feeder.flow(List.of(0.0, -8_000.0)).highestVoltage()).isGreaterThan(1);
  }
}
