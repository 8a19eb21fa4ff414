package dev.tutti.examples.neighbourhood;

import dev.tutti.sdk.EnergySystem;
import dev.tutti.sdk.EsdlObject;
import dev.tutti.sdk.Output;
import dev.tutti.sdk.Service;
import dev.tutti.sdk.Step;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/** The sun on a clear day with some haze, where the energy system lies. */
final class WeatherModel {
  static final Output<Weather> WEATHER = Output.named("weather", Weather.class);

  private static final double SOLAR_CONSTANT = 1_361;
  private static final double COLDEST = 0.2;
  private static final double WARMEST = 22;

  /** Where most of the Netherlands is not far, for a file that does not say. */
  private static final double LATITUDE = 52.1;

  private static final double LONGITUDE = 5.2;

  private WeatherModel() {}

  public static void main(String[] arguments) {
    service().run();
  }

  static Service service() {
    return Service.named("weather_service")
        .version("1.0")
        .calculation("sky")
        .sends(WEATHER)
        .calculates((step, _, _) -> WEATHER.of(weather(step)));
  }

  /** The sun of the middle of a step stands for all of it. */
  private static Weather weather(Step step) {
    Instant middle = step.start().plus(step.length().dividedBy(2));
    EnergySystem system = step.simulation().energySystem();
    return weather(middle, mean(system, "lat", LATITUDE), mean(system, "lon", LONGITUDE));
  }

  static Weather weather(Instant time, double latitude, double longitude) {
    SunPosition sun = SunPosition.at(time, latitude, longitude);
    double direct = 0;
    double diffuse = 0;
    if (sun.isUp()) {
      double airMass = airMass(sun);
      direct = SOLAR_CONSTANT * Math.pow(0.7, Math.pow(airMass, 0.678));
      double scattered = SOLAR_CONSTANT - direct;
      diffuse = 0.14 * scattered * Math.sin(sun.elevation());
    }
    return new Weather(
        direct,
        diffuse,
        Math.toDegrees(sun.elevation()),
        Math.toDegrees(sun.azimuth()),
        temperature(time, longitude));
  }

  /** How much more air than above us the light comes through (Kasten and Young). */
  private static double airMass(SunPosition sun) {
    double degrees = Math.toDegrees(sun.elevation());
    return 1 / (Math.sin(sun.elevation()) + 0.50572 * Math.pow(degrees + 6.07995, -1.6364));
  }

  /** Coldest at the end of January and before sunrise. */
  private static double temperature(Instant time, double longitude) {
    ZonedDateTime there = time.atZone(ZoneOffset.UTC);
    double year = Math.cos(2 * Math.PI * (there.getDayOfYear() - 208) / 365.25);
    double hour = there.toLocalTime().toSecondOfDay() / 3_600.0 + longitude / 15;
    double daily = Math.cos(2 * Math.PI * (hour - 15) / 24);
    return (COLDEST + WARMEST) / 2 + (WARMEST - COLDEST) / 2 * year + 4 * daily;
  }

  private static double mean(EnergySystem system, String coordinate, double otherwise) {
    List<EsdlObject> points = system.all("Point");
    return points.stream()
        .flatMapToDouble(point -> point.number(coordinate).stream())
        .average()
        .orElse(otherwise);
  }
}
