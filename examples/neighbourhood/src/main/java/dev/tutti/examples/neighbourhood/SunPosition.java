package dev.tutti.examples.neighbourhood;

import java.time.Duration;
import java.time.Instant;

/**
 * Where the sun stands, to about a hundredth of a degree, which is a thousand times better than
 * what is known of clouds. After the low-precision formulas of the Astronomical Almanac.
 *
 * @param elevation above the horizon, in radians; negative at night
 * @param azimuth from north over east, in radians
 */
record SunPosition(double elevation, double azimuth) {
  private static final Instant J2000 = Instant.parse("2000-01-01T12:00:00Z");
  private static final double SECONDS_PER_DAY = 86_400;

  /** As seen from a place, in degrees north and east. */
  static SunPosition at(Instant time, double latitude, double longitude) {
    double days = Duration.between(J2000, time).toMillis() / 1_000.0 / SECONDS_PER_DAY;
    double meanLongitude = 280.460 + 0.9856474 * days;
    double anomaly = Math.toRadians(357.528 + 0.9856003 * days);
    double ecliptic =
        Math.toRadians(meanLongitude + 1.915 * Math.sin(anomaly) + 0.020 * Math.sin(2 * anomaly));
    double obliquity = Math.toRadians(23.439 - 4.0e-7 * days);
    double ascension = Math.atan2(Math.cos(obliquity) * Math.sin(ecliptic), Math.cos(ecliptic));
    double declination = Math.asin(Math.sin(obliquity) * Math.sin(ecliptic));
    double sidereal = Math.toRadians(280.46061837 + 360.98564736629 * days + longitude);
    double hourAngle = sidereal - ascension;
    double north = Math.toRadians(latitude);
    double elevation =
        Math.asin(
            Math.sin(north) * Math.sin(declination)
                + Math.cos(north) * Math.cos(declination) * Math.cos(hourAngle));
    double azimuth =
        Math.atan2(
            -Math.sin(hourAngle),
            Math.tan(declination) * Math.cos(north) - Math.sin(north) * Math.cos(hourAngle));
    return new SunPosition(elevation, (azimuth + 2 * Math.PI) % (2 * Math.PI));
  }

  boolean isUp() {
    return elevation > 0;
  }

  /**
   * The cosine of the angle between the sun's rays and what is perpendicular to a surface; 0 when
   * the sun is behind it.
   *
   * @param tilt of the surface, 0 when it lies flat
   * @param orientation where it looks, from north over east
   */
  double incidence(double tilt, double orientation) {
    double cosine =
        Math.sin(elevation) * Math.cos(tilt)
            + Math.cos(elevation) * Math.sin(tilt) * Math.cos(azimuth - orientation);
    return isUp() ? Math.max(0, cosine) : 0;
  }
}
