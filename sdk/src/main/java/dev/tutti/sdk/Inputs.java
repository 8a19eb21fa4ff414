package dev.tutti.sdk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a calculation received for one object in one step. It is complete: a calculation runs when
 * every object that belongs to it has sent. Of a service that has no part in the step it is what
 * that one has sent last.
 */
public final class Inputs {
  private final String calculation;
  private final EsdlObject object;
  private final Map<Input<?>, List<String>> origins;
  private final Map<Feed, Datum> arrived;

  Inputs(
      String calculation,
      EsdlObject object,
      Map<Input<?>, List<String>> origins,
      Map<Feed, Datum> arrived) {
    this.calculation = calculation;
    this.object = object;
    this.origins = origins;
    this.arrived = arrived;
  }

  /** By the ESDL id of the object it is about, in the order of the ESDL file. */
  public <T extends Record> Map<String, T> byOrigin(Input<T> input) {
    Map<String, T> values = new LinkedHashMap<>();
    for (String origin : origins(input)) {
      values.put(origin, decoded(input, origin));
    }
    return values;
  }

  /** All values, in the order of the ESDL file. */
  public <T extends Record> List<T> all(Input<T> input) {
    return new ArrayList<>(byOrigin(input).values());
  }

  /** The value of an input that comes from exactly one object, such as the weather. */
  public <T extends Record> T only(Input<T> input) {
    List<String> from = origins(input);
    if (from.size() != 1) {
      throw new IllegalStateException(
          "%s has %s from %d objects, not from one: use all() or byOrigin(), or connect it in the ESDL"
              .formatted(object, input, from.size()));
    }
    return decoded(input, from.getFirst());
  }

  private List<String> origins(Input<?> input) {
    List<String> from = origins.get(input);
    if (from == null) {
      throw new IllegalArgumentException(
          "the calculation '%s' does not declare that it receives %s"
              .formatted(calculation, input));
    }
    return from;
  }

  private <T extends Record> T decoded(Input<T> input, String origin) {
    Datum datum = arrived.get(new Feed(input.service(), origin, input.name()));
    if (datum == null) {
      throw new IllegalStateException("%s from %s is not there".formatted(input, origin));
    }
    try {
      return input.form().decode(datum.payload());
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new IllegalArgumentException(
          "%s from %s cannot be read, probably because the two services declare different variables: %s"
              .formatted(input, origin, unreadable.getMessage()),
          unreadable);
    }
  }
}
