package dev.tutti.core;

import java.util.Optional;

/**
 * What went wrong, in words for the person who has to act (RFC 9457).
 *
 * @param code stable word for programs, such as {@code image-unknown}; becomes the last segment of
 *     the problem type
 * @param status HTTP status that fits
 * @param detail one sentence: what happened, to which object
 * @param suggestion what to do about it; may be empty
 */
public record Problem(String code, int status, String detail, String suggestion) {

  public static Problem of(String code, int status, String detail) {
    return new Problem(code, status, detail, "");
  }

  public Problem suggesting(String whatToDo) {
    return new Problem(code, status, detail, whatToDo);
  }

  /** What to do about it, when there is something to say. */
  public Optional<String> advice() {
    return suggestion.isEmpty() ? Optional.empty() : Optional.of(suggestion);
  }

  /** The detail and, when there is one, the suggestion as running text. */
  public String sentence() {
    return suggestion.isEmpty() ? detail : detail + " " + suggestion;
  }
}
