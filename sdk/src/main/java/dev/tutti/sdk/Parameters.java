package dev.tutti.sdk;

import dev.tutti.dots.ModelId;
import dev.tutti.dots.SimulationId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the JSON of ModelParameters (T6) and NewStep (T8). */
final class Parameters {
  private Parameters() {}

  /** A step as it is asked for. */
  record Asked(int number, Instant timeStamp) {}

  static Simulation simulation(SimulationId simulation, ModelId model, String json) {
    Map<String, Object> parameters = Json.object(json);
    EnergySystem system = EnergySystem.read(esdl(text(parameters, "esdl_base64string")));
    List<EsdlObject> objects =
        list(parameters, "esdl_ids").stream()
            .map(String::valueOf)
            .map(id ->
                system
                    .object(id)
                    .orElseThrow(() ->
                        new IllegalArgumentException(
                            "this model shall calculate the object '%s', which is not in the ESDL"
                                .formatted(id))))
            .toList();
    return new Simulation(
        simulation.value(),
        model.value(),
        text(parameters, "simulation_name"),
        instant(parameters, "start_timestamp"),
        Duration.ofSeconds((long) number(parameters, "time_step_seconds")),
        (int) number(parameters, "nr_of_time_steps"),
        system,
        objects,
        services(parameters),
        rates(parameters));
  }

  static Asked step(String json) {
    Map<String, Object> parameters = Json.object(json);
    // A text on the wire, by the protocol's habit.
    String number = String.valueOf(parameters.getOrDefault("time_step_nr", ""));
    try {
      return new Asked(Integer.parseInt(number), instant(parameters, "start_time_stamp"));
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("'%s' is no number of a step".formatted(number));
    }
  }

  /** Only the first service of a class counts, as with the original orchestrator. */
  private static Map<String, String> services(Map<String, Object> parameters) {
    Map<String, String> services = new LinkedHashMap<>();
    for (Object entry : list(parameters, "calculation_services")) {
      if (entry instanceof Map<?, ?> service
          && service.get("esdl_type") instanceof String type
          && service.get("calc_service_name") instanceof String name) {
        services.putIfAbsent(type, name);
      }
    }
    return services;
  }

  /** Ours, and there only for services that do not take part in each step. */
  private static Map<String, Integer> rates(Map<String, Object> parameters) {
    Map<String, Integer> rates = new LinkedHashMap<>();
    for (Object entry : list(parameters, "calculation_services")) {
      if (entry instanceof Map<?, ?> service
          && service.get("every") instanceof Number every
          && every.intValue() > 1
          && service.get("calc_service_name") instanceof String name) {
        rates.put(name, every.intValue());
      }
    }
    return rates;
  }

  /** Padding is optional, and what is no base64 is passed over. */
  private static String esdl(String base64) {
    return new String(
        Base64.getMimeDecoder().decode(base64.replace("=", "")), StandardCharsets.UTF_8);
  }

  private static Instant instant(Map<String, Object> parameters, String name) {
    return Instant.ofEpochMilli(Math.round(number(parameters, name) * 1_000));
  }

  private static double number(Map<String, Object> parameters, String name) {
    if (parameters.get(name) instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException("the parameters have no number '%s'".formatted(name));
  }

  private static String text(Map<String, Object> parameters, String name) {
    if (parameters.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("the parameters have no text '%s'".formatted(name));
  }

  private static List<?> list(Map<String, Object> parameters, String name) {
    if (parameters.get(name) instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("the parameters have no list '%s'".formatted(name));
  }
}
