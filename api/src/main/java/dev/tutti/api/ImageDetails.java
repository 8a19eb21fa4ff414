package dev.tutti.api;

import java.time.Instant;

/**
 * What an engine knows of an image.
 *
 * @param id what the engine knows it by
 * @param bytes its size, with what it shares with others
 * @param user whom its programs run as; empty for root
 * @param builtByTutti whether Tutti built it, and so may replace and remove it
 */
public record ImageDetails(
    String id,
    Instant created,
    long bytes,
    String architecture,
    String user,
    boolean builtByTutti) {}
