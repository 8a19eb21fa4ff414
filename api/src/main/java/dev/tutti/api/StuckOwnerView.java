package dev.tutti.api;

import java.time.Instant;

/**
 * An owner in quarantine: it decides nothing until a person says retry or skip.
 *
 * @param owner written {@code kind:id}
 * @param message kind of the message that failed
 * @param reason the failure
 * @param waiting how many messages wait
 */
public record StuckOwnerView(
    String owner, String message, String reason, Instant since, int waiting) {}
