package dev.tutti.api;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A request that did not succeed; the cases are what a caller can do something about. */
public abstract sealed class ClientFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ClientFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Nobody answered, or the connection broke before the answer was complete. */
  public static final class NotReachable extends ClientFailure {
    private static final long serialVersionUID = 1L;
    private final URI server;

    public NotReachable(URI server, Throwable cause) {
      super("no answer from " + server + ": " + reason(cause), cause);
      this.server = server;
    }

    public URI server() {
      return server;
    }

    private static String reason(Throwable cause) {
      String message = cause.getMessage();
      return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
  }

  /** The server answered something that is not this API. */
  public static final class NotUnderstood extends ClientFailure {
    private static final long serialVersionUID = 1L;

    public NotUnderstood(URI address, String what, @Nullable Throwable cause) {
      super(address + " " + what, cause);
    }
  }

  /** The token is missing, wrong, or not enough for this request. */
  public static final class NotAuthorised extends ClientFailure {
    private static final long serialVersionUID = 1L;
    private final transient ProblemView problem;

    public NotAuthorised(ProblemView problem) {
      super(problem.detail(), null);
      this.problem = problem;
    }

    public ProblemView problem() {
      return problem;
    }
  }

  /** The object does not exist. */
  public static final class NotFound extends ClientFailure {
    private static final long serialVersionUID = 1L;
    private final transient ProblemView problem;

    public NotFound(ProblemView problem) {
      super(problem.detail(), null);
      this.problem = problem;
    }

    public ProblemView problem() {
      return problem;
    }
  }

  /** The server understood the request and did not do it. */
  public static final class Refused extends ClientFailure {
    private static final long serialVersionUID = 1L;
    private final transient ProblemView problem;

    public Refused(ProblemView problem) {
      super(problem.detail(), null);
      this.problem = problem;
    }

    public ProblemView problem() {
      return problem;
    }

    /** Whether the same request may succeed later: the server is starting, stopping or busy. */
    public boolean passes() {
      return problem.status() >= 500 || problem.status() == 429;
    }
  }
}
