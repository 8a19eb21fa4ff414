package dev.tutti.simulations;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/**
 * The JSON inside of messages to models, byte for byte as the original's Python writes it: the
 * order of keys, a space after colon and comma, floats with their point, and text that is not
 * escaped without need.
 */
final class ModelJson {

  private static final double PYTHON_EXPONENT_FROM = 1e16;

  private ModelJson() {}

  /**
   * What NewStep says. The original is one step ahead of what one expects, and services know it.
   */
  static String newStep(SimulationRequest request, int step) {
    long offset = request.correctedTimeStamps() ? step - 1L : step + 1L;
    return "{\"time_step_nr\": \"%d\", \"start_time_stamp\": %s}"
        .formatted(step, number(start(request) + (double) offset * request.timeStepSeconds()));
  }

  /** What ModelParameters says to all models, up to the ids of their objects. */
  static String parametersHead(SimulationRequest request, byte[] esdl) {
    StringBuilder json = new StringBuilder(esdl.length / 3 * 4 + 1_000);
    json.append("{\"simulation_name\": ");
    text(json, request.name());
    json.append(", \"start_timestamp\": ").append(number(start(request)));
    json.append(", \"time_step_seconds\": ").append(request.timeStepSeconds());
    json.append(", \"nr_of_time_steps\": ").append(request.nrOfTimeSteps());
    json.append(", \"calculation_services\": [");
    Iterator<CalculationService> services = request.calculationServices().iterator();
    while (services.hasNext()) {
      service(json, services.next());
      json.append(services.hasNext() ? ", " : "");
    }
    json.append("], \"esdl_base64string\": \"");
    json.append(Base64.getEncoder().encodeToString(esdl));
    return json.append("\", \"esdl_ids\": [").toString();
  }

  /** The rest: the objects of one model. */
  static String parametersTail(List<String> esdlIds) {
    StringBuilder json = new StringBuilder();
    Iterator<String> ids = esdlIds.iterator();
    while (ids.hasNext()) {
      text(json, ids.next());
      json.append(ids.hasNext() ? ", " : "");
    }
    return json.append("]}").toString();
  }

  private static void service(StringBuilder json, CalculationService service) {
    json.append("{\"esdl_type\": ");
    text(json, service.esdlType());
    json.append(", \"calc_service_name\": ");
    text(json, service.calcServiceName());
    json.append(", \"service_image_url\": ");
    text(json, service.serviceImageUrl());
    json.append(", \"nr_of_models\": ").append(service.nrOfModels());
    if (service.every() > 1) {
      // Ours. Generated services read the members that they know, by name.
      json.append(", \"every\": ").append(service.every());
    }
    json.append('}');
  }

  /** Seconds since 1970; a local time that a clock shows twice is the first of the two. */
  private static double start(SimulationRequest request) {
    Instant start = request.startDate().atZone(request.zone()).toInstant();
    return start.getEpochSecond() + start.getNano() / 1e9;
  }

  /** A float as Python shows it: the shortest text that reads as the same number. */
  static String number(double value) {
    String shortest = new BigDecimal(Double.toString(value)).toPlainString();
    if (Math.abs(value) >= PYTHON_EXPONENT_FROM) {
      throw new IllegalArgumentException("no time is that far away: " + value);
    }
    return shortest.contains(".") ? shortest : shortest + ".0";
  }

  private static void text(StringBuilder json, String value) {
    json.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        default -> {
          if (c < ' ') {
            json.append("\\u%04x".formatted((int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
