package dev.tutti.api;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong (RFC 9457), as {@code application/problem+json}.
 *
 * @param type stable URI of the kind of problem, such as {@code urn:tutti:problem:not-found}
 * @param detail what happened, to which object
 * @param suggestion what to do about it
 */
public record ProblemView(
    String type, String title, int status, String detail, @Nullable String suggestion) {}
