package dev.tutti.core.surface;

import java.util.List;

/**
 * What a request may carry beside its body. It is said for the API reference; the handler reads and
 * judges the value.
 *
 * @param name as it is written in the address or the header
 * @param description one sentence
 * @param required whether a request without it is refused
 * @param otherwise what holds without it, as one would write it; empty when nothing does
 */
public record Parameter(
    Place place, String name, Form form, String description, boolean required, String otherwise) {

  /** Where it stands. */
  public enum Place {
    PATH,
    QUERY,
    HEADER
  }

  public Parameter {
    if (name.isBlank() || !description.endsWith(".")) {
      throw new IllegalArgumentException(
          "The parameter '%s' needs a name and a sentence, not '%s'.".formatted(name, description));
    }
  }

  /** A parameter of the path: every one is text unless it is declared otherwise. */
  public static Parameter path(String name, Form form, String description) {
    return new Parameter(Place.PATH, name, form, description, true, "");
  }

  public static Parameter query(String name, Form form, String description) {
    return new Parameter(Place.QUERY, name, form, description, false, "");
  }

  public static Parameter header(String name, Form form, String description) {
    return new Parameter(Place.HEADER, name, form, description, false, "");
  }

  /** The states that a list is filtered by, see {@link Request#states}. */
  public static Parameter states(List<String> known) {
    return query("state", Form.someOf(known), "Only those in one of these states.");
  }

  /** The same, without which a request is refused. */
  public Parameter needed() {
    return new Parameter(place, name, form, description, true, otherwise);
  }

  /** The same, with what holds without it. */
  public Parameter otherwise(String value) {
    return new Parameter(place, name, form, description, required, value);
  }
}
