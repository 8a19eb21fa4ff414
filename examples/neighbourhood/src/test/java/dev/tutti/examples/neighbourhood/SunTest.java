package dev.tutti.examples.neighbourhood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SunTest {
  private static final double LATITUDE = 52.0907;
  private static final double LONGITUDE = 5.1214;

  /** The sun is highest when it is exactly in the south. */
  private static final Instant SUMMER_NOON = noon(Instant.parse("2023-06-21T09:00:00Z"));

  @Test
  void midsummerNoonIsAsHighAsLatitudeAndTiltOfTheEarthSay() {
    assertThat(elevation(SUMMER_NOON)).isCloseTo(90 - LATITUDE + 23.44, within(0.05));
  }

  @Test
  void noonIsWhenLongitudeAndEquationOfTimeSay() {
    // 21 June: 12:00 less 5.1214 degrees of four minutes, and the sun is 1 min 47 s late.
    assertThat(Duration.between(Instant.parse("2023-06-21T11:41:18Z"), SUMMER_NOON).abs())
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void equinoxIsInTheEastAtSunrise() {
    Instant time = Instant.parse("2023-03-20T04:00:00Z");
    while (elevation(time) < 0) {
      time = time.plusSeconds(30);
    }
    assertThat(Math.toDegrees(SunPosition.at(time, LATITUDE, LONGITUDE).azimuth()))
        .isCloseTo(90, within(1.0));
  }

  @Test
  void nightIsDark() {
    Weather midnight =
        WeatherModel.weather(Instant.parse("2023-06-21T23:40:00Z"), LATITUDE, LONGITUDE);

    assertThat(midnight.sunElevation()).isNegative();
    assertThat(midnight.directNormal()).isZero();
    assertThat(midnight.diffuseHorizontal()).isZero();
  }

  @Test
  void clearNoonIsAsBrightAsOneMeasures() {
    Weather noon = WeatherModel.weather(SUMMER_NOON, LATITUDE, LONGITUDE);
    double onTheGround =
        noon.directNormal() * Math.sin(Math.toRadians(noon.sunElevation()))
            + noon.diffuseHorizontal();

    assertThat(onTheGround).isBetween(800.0, 1_000.0);
  }

  @Test
  void morningAndAfternoonAreAlike() {
    for (int minutes = 15; minutes <= 480; minutes += 15) {
      Duration apart = Duration.ofMinutes(minutes);
      Weather before = WeatherModel.weather(SUMMER_NOON.minus(apart), LATITUDE, LONGITUDE);
      Weather after = WeatherModel.weather(SUMMER_NOON.plus(apart), LATITUDE, LONGITUDE);

      assertThat(after.directNormal())
          .as("%d minutes from noon", minutes)
          .isCloseTo(before.directNormal(), within(0.01 * before.directNormal() + 1));
    }
  }

  private static Instant noon(Instant from) {
    Instant time = from;
    while (Math.toDegrees(SunPosition.at(time, LATITUDE, LONGITUDE).azimuth()) < 180) {
      time = time.plusSeconds(1);
    }
    return time;
  }

  private static double elevation(Instant time) {
    return Math.toDegrees(SunPosition.at(time, LATITUDE, LONGITUDE).elevation());
  }
}
