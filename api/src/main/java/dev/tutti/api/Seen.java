package dev.tutti.api;

import org.jspecify.annotations.Nullable;

/**
 * An object as it was at some moment.
 *
 * @param tag what the server knows that state by; null from one that has no such thing
 */
public record Seen<T>(T value, @Nullable String tag) {}
