package dev.tutti.http;

import dev.tutti.api.ProblemView;
import dev.tutti.core.Problem;
import dev.tutti.core.store.UnreadableDocument;
import java.util.Locale;

/** Problems as RFC 9457 writes them. */
final class Problems {

  static final String MEDIA_TYPE = "application/problem+json";

  private Problems() {}

  static ProblemView view(Problem problem, String trace) {
    return new ProblemView(
        ProblemView.TYPE + problem.code(),
        title(problem.code()),
        problem.status(),
        problem.detail(),
        problem.advice().orElse(null),
        trace);
  }

  /** For an exception that nobody expected: all the client learns is where the log tells more. */
  static Problem internal(String trace) {
    return Problem.of("internal", 500, "Something went wrong inside (trace %s).".formatted(trace))
        .suggesting("Look for the trace in the server's log.");
  }

  /** For what is kept, and cannot be read any more. */
  static Problem unreadable(UnreadableDocument damaged) {
    return Problem.of("record-unreadable", 500, "%s.".formatted(damaged.getMessage()))
        .suggesting("Restore a backup, or start the release that wrote it.");
  }

  /** For requests that the protocol layer turns down before any of ours saw them. */
  static Problem ofProtocol(int status, String message) {
    return switch (status) {
      case 413 -> Problem.of("body-too-large", 413, "The body of the request is too large.");
      case 414 -> Problem.of("address-too-long", 414, "The address of the request is too long.");
      case 505 -> Problem.of("version-unsupported", 505, "This server speaks HTTP/1.1.");
      case 400 ->
          message.startsWith("Header size exceeded")
              ? Problem.of("header-too-large", 431, "The header of the request is too large.")
              : Problem.of("request-malformed", 400, "The request is not proper HTTP/1.1.");
      default -> Problem.of("request-refused", status, "The request cannot be handled.");
    };
  }

  private static String title(String code) {
    String words = code.replace('-', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
