package dev.tutti.examples.neighbourhood;

import dev.tutti.sdk.EsdlObject;
import dev.tutti.sdk.Input;
import dev.tutti.sdk.Output;
import dev.tutti.sdk.Service;

/**
 * What panels on a roof yield: the sun on their surface, less when they are hot, never beyond their
 * peak.
 */
final class RoofModel {
  static final Input<Weather> WEATHER = Input.from("weather_service", "weather", Weather.class);
  static final Output<Power> YIELD = Output.named("pv_power", Power.class);

  private static final double STANDARD_IRRADIANCE = 1_000;
  private static final double LOSS_PER_DEGREE = 0.004;
  private static final double HEATING_PER_IRRADIANCE = 0.03;

  private RoofModel() {}

  public static void main(String[] arguments) {
    service().run();
  }

  static Service service() {
    return Service.named("pvinstallation_service")
        .version("1.0")
        .calculation("pv_yield")
        .receives(WEATHER)
        .sends(YIELD)
        .calculates((step, roof, inputs) ->
            YIELD.of(Power.of(watt(roof, inputs.only(WEATHER)), step.hours())));
  }

  static double watt(EsdlObject roof, Weather weather) {
    double tilt = Math.toRadians(roof.number("angle", 35));
    // As a compass counts: 180 is a roof that looks south.
    double orientation = Math.toRadians(roof.number("orientation", 180));
    double efficiency = roof.number("panelEfficiency", 0.2);
    double area = roof.number("surfaceArea", 20);
    double irradiance =
        weather.directNormal() * weather.sun().incidence(tilt, orientation)
            + weather.diffuseHorizontal() * (1 + Math.cos(tilt)) / 2;
    double warmer = weather.temperature() + HEATING_PER_IRRADIANCE * irradiance - 25;
    double watt = irradiance * area * efficiency * (1 - LOSS_PER_DEGREE * warmer);
    double peak = roof.number("power", STANDARD_IRRADIANCE * area * efficiency);
    return Math.clamp(watt, 0, peak);
  }
}
