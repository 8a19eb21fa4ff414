package dev.tutti.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token that lets in, without the token itself.
 *
 * @param role viewer, operator or admin
 * @param user whose sign-in it is; null for a token that was given to a program
 * @param created null for the token of the first start
 * @param lastUsed to the hour; null when it was never used
 * @param expires null for never
 */
public record TokenView(
    String name,
    @Allowed(words = {"viewer", "operator", "admin"}) String role,
    @Nullable String user,
    @Nullable Instant created,
    @Nullable Instant lastUsed,
    @Nullable Instant expires) {}
