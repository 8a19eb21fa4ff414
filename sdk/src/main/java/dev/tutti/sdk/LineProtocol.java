package dev.tutti.sdk;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Results as lines of InfluxDB: one point per object and calculation, at the start of the step.
 * Points of several calculations fall together, as their series and time are the same. A field is
 * named after its variable, with the name of the data before it where two outputs share one.
 */
final class LineProtocol {
  private final String simulation;
  private final String model;
  private final Map<String, Integer> outputsWith = new HashMap<>();

  LineProtocol(Environment environment, Service service) {
    this.simulation = environment.simulationId().value();
    this.model = environment.modelId().value();
    service.calculations().stream()
        .flatMap(calculation -> calculation.outputs().stream())
        .flatMap(output -> output.form().names().stream())
        .forEach(name -> outputsWith.merge(name, 1, Integer::sum));
  }

  /** The line of a result; empty when no number is in it. */
  Optional<String> line(Step step, EsdlObject object, Results results) {
    StringJoiner fields = new StringJoiner(",");
    for (Results.Entry<?> entry : results.entries()) {
      for (MessageForm.Amount amount : entry.amounts()) {
        // InfluxDB has no word for what is no number.
        if (Double.isFinite(amount.value())) {
          fields.add(escaped(field(entry.output().name(), amount.name())) + "=" + amount.value());
        }
      }
    }
    if (fields.length() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "%s,esdl_id=%s,esdl_name=%s,model_id=%s,simulation_id=%s %s %d"
            .formatted(
                escaped(object.type().toLowerCase(Locale.ROOT)),
                escaped(object.id()),
                escaped(object.name()),
                escaped(model),
                escaped(simulation),
                fields,
                step.start().getEpochSecond()));
  }

  private String field(String output, String variable) {
    return outputsWith.getOrDefault(variable, 0) > 1 ? output + "_" + variable : variable;
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace(",", "\\,")
        .replace(" ", "\\ ")
        .replace("=", "\\=")
        .replace('\n', ' ')
        .replace('\r', ' ');
  }
}
