package dev.tutti.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One model of a deployment.
 *
 * @param id {@code deployment~model}
 * @param deployment id of its deployment
 * @param model the id that its simulator gave it
 * @param state {@code created}, {@code running}, {@code succeeded} or {@code failed}
 * @param exitCode null until it ended
 * @param reason why it is in this state, when there is something to say
 * @param workload id of the workload that runs it
 * @param ready when it said that it is ready for processing
 * @param lastLines the last lines of its output, once it ended; empty in lists
 */
public record ModelView(
    String id,
    String deployment,
    String model,
    String image,
    @Allowed(words = {"created", "running", "succeeded", "failed"}) String state,
    @Nullable Integer exitCode,
    String reason,
    String workload,
    Instant created,
    @Nullable Instant ready,
    @Nullable Instant ended,
    List<String> lastLines) {}
