package dev.tutti.simulations;

import java.util.List;
import java.util.Map;

/**
 * Something that is wrong with a request.
 *
 * @param where names and numbers that lead to it, such as {@code calculation_services, 0,
 *     nr_of_models}; empty for the request as a whole
 * @param message what is wrong, as a person reads it
 * @param type what is wrong, as the original's clients know it, such as {@code value_error.missing}
 * @param context values that the message speaks of
 */
public record Finding(
    List<Object> where, String message, String type, Map<String, Object> context) {

  public Finding {
    where = List.copyOf(where);
    context = Map.copyOf(context);
  }

  static Finding of(List<Object> where, String message, String type) {
    return new Finding(where, message, type, Map.of());
  }

  /** The place and the message, such as {@code calculation_services[0].nr_of_models: …}. */
  public String sentence() {
    StringBuilder path = new StringBuilder();
    for (Object step : where) {
      if (step instanceof Integer index) {
        path.append('[').append(index).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step);
      }
    }
    return path.isEmpty() ? message : path + ": " + message;
  }
}
