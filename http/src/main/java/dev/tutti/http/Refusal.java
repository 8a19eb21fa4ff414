package dev.tutti.http;

import dev.tutti.core.Problem;
import java.util.Map;

/** A request is turned down by the edge itself, with header fields that belong to the status. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final transient Map<String, String> headers;

  Refusal(Problem problem, Map<String, String> headers) {
    super(problem.sentence(), null, false, false);
    this.problem = problem;
    this.headers = headers;
  }

  Refusal(Problem problem) {
    this(problem, Map.of());
  }

  Problem problem() {
    return problem;
  }

  Map<String, String> headers() {
    return headers;
  }
}
