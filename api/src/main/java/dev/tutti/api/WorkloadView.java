package dev.tutti.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One container or process.
 *
 * @param owner what it runs for, written {@code kind:id}
 * @param subject what it is to its owner, such as the id of a model
 * @param state {@code planned}, {@code starting}, {@code running}, {@code ended} or {@code removed}
 * @param exitCode null until it ended
 * @param lastLines the last lines of its output, once it ended; empty in lists
 */
public record WorkloadView(
    String id,
    String owner,
    String subject,
    String backplane,
    String image,
    @Allowed(words = {"planned", "starting", "running", "ended", "removed"}) String state,
    @Nullable Integer exitCode,
    String reason,
    Instant created,
    @Nullable Instant started,
    @Nullable Instant ended,
    List<String> lastLines) {}
