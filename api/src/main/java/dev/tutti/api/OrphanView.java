package dev.tutti.api;

import java.time.Instant;
import java.util.Map;

/**
 * A workload that carries our mark and that no record knows.
 *
 * @param state {@code starting}, {@code running} or {@code ended}
 * @param image empty when the backplane does not know it
 * @param labels what the backplane keeps with it, such as {@code tutti.owner}
 * @param since when it was begun
 * @param place where to look for it, such as {@code process 4711}
 */
public record OrphanView(
    String id,
    String backplane,
    @Allowed(words = {"starting", "running", "ended"}) String state,
    String image,
    Map<String, String> labels,
    Instant since,
    String place) {}
