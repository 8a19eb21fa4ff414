package dev.tutti.core.surface;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A request as an endpoint sees it. */
public interface Request {

  /** Who calls; known by the time an endpoint handles the request. */
  Caller caller();

  /** The network address that the request came from, without a port; it may be a proxy's. */
  String address();

  /** The value of a path parameter, percent-decoded. */
  String path(String parameter);

  /** The first value of a query parameter. */
  Optional<String> query(String parameter);

  /** The value of a header; names are compared without case. */
  Optional<String> header(String name);

  /**
   * The JSON body, read strictly.
   *
   * @throws dev.tutti.core.Failure.Rejected naming all that is wrong with it
   */
  <T extends Record> T body(Class<T> type);

  /**
   * The body as it came, of whatever type; empty when there is none. For surfaces of existing APIs,
   * whose bodies are judged by their own rules.
   */
  byte[] bytes();

  /**
   * A query parameter as a whole number within bounds.
   *
   * @throws dev.tutti.core.Failure.Rejected when it is no number or out of bounds
   */
  int number(String parameter, int otherwise, int min, int max);

  /**
   * A query parameter that is {@code true} or {@code false}, which it is when absent.
   *
   * @throws dev.tutti.core.Failure.Rejected when it is neither
   */
  default boolean truth(String parameter) {
    return switch (query(parameter).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new Failure.Rejected(
              Problem.of(
                  "parameter-invalid",
                  400,
                  "The parameter '%s' has to be true or false.".formatted(parameter)));
    };
  }

  /**
   * The states that a list is to be filtered by: the words of the query parameter {@code state},
   * separated by commas; empty for all.
   *
   * @throws dev.tutti.core.Failure.Rejected naming the words that are no state, and those that are
   */
  default Set<String> states(List<String> known) {
    Set<String> asked =
        query("state").stream()
            .flatMap(text -> Arrays.stream(text.split(",")))
            .map(String::strip)
            .collect(Collectors.toSet());
    Set<String> unknown = new HashSet<>(asked);
    known.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new Failure.Rejected(
          Problem.of("invalid-query", 400, "There is no state %s.".formatted(unknown))
              .suggesting("Use one of %s.".formatted(String.join(", ", known))));
    }
    return asked;
  }
}
