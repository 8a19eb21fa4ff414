package dev.tutti.api;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong (RFC 9457), as {@code application/problem+json}.
 *
 * @param type stable URI of the kind of problem, such as {@code urn:tutti:problem:not-found}
 * @param detail what happened, to which object
 * @param suggestion what to do about it
 * @param trace names the request in the server's log: 32 hexadecimal digits, those of the request's
 *     {@code traceparent} (W3C) when it has one
 */
public record ProblemView(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String suggestion,
    @Nullable String trace) {

  /** What every type begins with; the code of the problem follows. */
  public static final String TYPE = "urn:tutti:problem:";
}
