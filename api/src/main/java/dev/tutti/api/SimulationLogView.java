package dev.tutti.api;

import java.time.Instant;

/**
 * A line that a model logged.
 *
 * @param level {@code DEBUG}, {@code INFO}, {@code WARNING}, {@code ERROR} or {@code CRITICAL}, as
 *     far as the text tells
 */
public record SimulationLogView(
    Instant at,
    String model,
    @Allowed(words = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}) String level,
    String text) {}
