package dev.tutti.api;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a token for a program.
 *
 * @param name 1 to 63 lower-case letters, digits, {@code . _ -}
 * @param role viewer, operator or admin
 * @param lifetimeSeconds after which it is worth nothing; null for never
 */
public record TokenRequest(
    @Allowed(pattern = "[a-z0-9][a-z0-9._-]{0,62}") String name,
    @Allowed(words = {"viewer", "operator", "admin"}) String role,
    @Allowed(least = 1, most = 315_360_000) @Nullable Long lifetimeSeconds) {}
