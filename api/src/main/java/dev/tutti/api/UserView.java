package dev.tutti.api;

import java.time.Instant;

/**
 * A person who may sign in.
 *
 * @param role viewer, operator or admin
 * @param passwordSet when the password was set
 */
public record UserView(
    String name,
    @Allowed(words = {"viewer", "operator", "admin"}) String role,
    Instant created,
    Instant passwordSet) {}
