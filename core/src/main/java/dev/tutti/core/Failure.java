package dev.tutti.core;

import java.time.Duration;

/**
 * An unchecked failure that carries a {@link Problem}. The four cases are what a caller can branch
 * on: it is not there, it was refused, it cannot be had now, or nobody knows whether it happened.
 */
public abstract sealed class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  private Failure(Problem problem, Throwable cause) {
    super(problem.sentence(), cause);
    this.problem = problem;
  }

  private Failure(Problem problem) {
    super(problem.sentence());
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }

  /** The named object does not exist. */
  public static final class NotFound extends Failure {
    private static final long serialVersionUID = 1L;

    public NotFound(String what, String id) {
      super(Problem.of("not-found", 404, "There is no %s '%s'.".formatted(what, id)));
    }
  }

  /** The request is understood and refused; the same request will be refused again. */
  public static final class Rejected extends Failure {
    private static final long serialVersionUID = 1L;

    public Rejected(Problem problem) {
      super(problem);
    }
  }

  /** Asked too often, or by too many at once; the same request may succeed after a while. */
  public static final class TooMany extends Failure {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public TooMany(Problem problem, Duration retryAfter) {
      super(problem);
      this.retryAfter = retryAfter;
    }

    /** How long to wait before the next try. */
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /** Not possible now; the same request may succeed later. */
  public static final class Unavailable extends Failure {
    private static final long serialVersionUID = 1L;

    public Unavailable(String detail, Throwable cause) {
      super(Problem.of("unavailable", 503, detail), cause);
    }

    public Unavailable(String detail) {
      super(Problem.of("unavailable", 503, detail));
    }
  }

  /** It may or may not have happened: look before you repeat it. */
  public static final class OutcomeUnknown extends Failure {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknown(String detail, Throwable cause) {
      super(Problem.of("outcome-unknown", 500, detail), cause);
    }

    public OutcomeUnknown(String detail) {
      super(Problem.of("outcome-unknown", 500, detail));
    }
  }
}
