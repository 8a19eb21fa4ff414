package dev.tutti.examples.neighbourhood;

import dev.tutti.sdk.Service;

/** One program for all five: its argument says which model it is. */
final class Neighbourhood {
  private Neighbourhood() {}

  public static void main(String[] arguments) {
    service(String.join(" ", arguments)).run();
  }

  private static Service service(String name) {
    return switch (name) {
      case "weather" -> WeatherModel.service();
      case "roof" -> RoofModel.service();
      case "household" -> HouseholdModel.service();
      case "connection" -> ConnectionModel.service();
      case "network" -> NetworkModel.service();
      default ->
          throw new IllegalArgumentException(
              "the argument is one of weather, roof, household, connection and network, not '%s'"
                  .formatted(name));
    };
  }
}
