package dev.tutti.examples.neighbourhood;

/**
 * What the weather service sends.
 *
 * @param directNormal of the sun's disc, on a surface that faces it, in W/m²
 * @param diffuseHorizontal of the rest of the sky, on flat ground, in W/m²
 * @param sunElevation in degrees; negative at night
 * @param sunAzimuth in degrees, from north over east
 * @param temperature in °C
 */
record Weather(
    double directNormal,
    double diffuseHorizontal,
    double sunElevation,
    double sunAzimuth,
    double temperature) {

  SunPosition sun() {
    return new SunPosition(Math.toRadians(sunElevation), Math.toRadians(sunAzimuth));
  }
}
