package dev.tutti.core.surface;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an endpoint promises beyond the types of its bodies; the API reference is made from it.
 *
 * @param parameters what a request may carry; parameters of the path that are not among them are
 *     text
 * @param outcomes the answers of success, the usual one first; empty for the usual one of the types
 * @param items what the items of a page are; {@code Void.class} when the answer is no page
 * @param contents bodies of success that are no JSON, beside the record if there is one
 * @param refusals problems of its own; those that the edge finds need no mention
 * @param fields header fields of its answers of success
 */
public record Contract(
    List<Parameter> parameters,
    List<Outcome> outcomes,
    Class<?> items,
    List<Content> contents,
    List<Refused> refusals,
    List<Field> fields) {

  /** An answer of success; it has the endpoint's body unless its status is 204 or 304. */
  public record Outcome(int status, String description) {}

  /**
   * A body that is not one JSON document.
   *
   * @param events what an event of a stream carries; {@code Void.class} when it is no stream
   */
  public record Content(String mediaType, Class<?> events) {}

  /**
   * A problem that this endpoint may answer with.
   *
   * @param code see {@link dev.tutti.core.Problem}
   */
  public record Refused(int status, String code) {}

  /** A header field. */
  public record Field(String name, String description) {}

  /** Nothing beyond the types. */
  public static final Contract PLAIN =
      new Contract(List.of(), List.of(), Void.class, List.of(), List.of(), List.of());

  public Contract {
    parameters = List.copyOf(parameters);
    outcomes = List.copyOf(outcomes);
    contents = List.copyOf(contents);
    refusals = List.copyOf(refusals);
    fields = List.copyOf(fields);
    Set<String> seen = new HashSet<>();
    for (Parameter parameter : parameters) {
      if (!seen.add(parameter.place() + " " + parameter.name())) {
        throw new IllegalArgumentException("'%s' is declared twice.".formatted(parameter.name()));
      }
    }
  }

  /** Whether a request may carry this parameter. */
  public boolean takes(Parameter.Place place, String name) {
    return parameters.stream()
        .anyMatch(parameter -> parameter.place() == place && parameter.name().equals(name));
  }

  Contract with(List<Parameter> more) {
    return new Contract(joined(parameters, more), outcomes, items, contents, refusals, fields);
  }

  Contract answering(Outcome outcome) {
    return new Contract(
        parameters, joined(outcomes, List.of(outcome)), items, contents, refusals, fields);
  }

  Contract listing(Class<?> item) {
    return new Contract(parameters, outcomes, item, contents, refusals, fields);
  }

  Contract giving(Content content) {
    return new Contract(
        parameters, outcomes, items, joined(contents, List.of(content)), refusals, fields);
  }

  Contract refusing(Refused refused) {
    return new Contract(
        parameters, outcomes, items, contents, joined(refusals, List.of(refused)), fields);
  }

  Contract sending(Field field) {
    return new Contract(
        parameters, outcomes, items, contents, refusals, joined(fields, List.of(field)));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
