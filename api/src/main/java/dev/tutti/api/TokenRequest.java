package dev.tutti.api;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a token for a program.
 *
 * @param name 1 to 63 lower-case letters, digits, {@code . _ -}
 * @param role viewer, operator or admin
 * @param lifetimeSeconds after which it is worth nothing; null for never
 */
public record TokenRequest(String name, String role, @Nullable Long lifetimeSeconds) {}
