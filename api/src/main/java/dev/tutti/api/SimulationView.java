package dev.tutti.api;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A simulation and how far it is.
 *
 * @param name as it was asked for
 * @param state {@code waiting}, {@code restarting}, {@code deploying}, {@code parameterising},
 *     {@code stepping}, {@code finishing} or {@code ended}
 * @param outcome how it ended: {@code open} as long as it has not, then {@code succeeded}, {@code
 *     failed}, {@code timed-out} or {@code cancelled}
 * @param reason why, when there is something to say
 * @param model the model that is to blame; empty when none is
 * @param place in the queue, 1 for the next; 0 when it does not wait there
 * @param run 1, and one more each time it started over
 * @param waitingFor the first models that everybody waits for; empty in lists
 * @param waitingForInAll how many they are; 0 in lists
 * @param doubt what is not known since a restart; empty if nothing
 * @param sweep the sweep that it belongs to; empty when to none
 * @param settings its parameters in that sweep
 */
public record SimulationView(
    String id,
    String name,
    @Allowed(
            words = {
              "waiting",
              "restarting",
              "deploying",
              "parameterising",
              "stepping",
              "finishing",
              "ended"
            })
        String state,
    @Allowed(words = {"open", "succeeded", "failed", "timed-out", "cancelled"}) String outcome,
    String reason,
    String model,
    boolean paused,
    boolean queued,
    int place,
    int priority,
    int run,
    int models,
    Clock clock,
    List<String> waitingFor,
    int waitingForInAll,
    String doubt,
    Origin origin,
    Instant created,
    @Nullable Instant began,
    @Nullable Instant ended,
    String sweep,
    List<Setting> settings) {

  /** A parameter of a sweep and its value. */
  public record Setting(String name, String value) {}

  /**
   * The simulated time.
   *
   * @param step number of the step under way, or of the last one; 0 before the first
   * @param finished number of the last step that all models have calculated
   * @param start local time in {@code zone}
   * @param stepBegan when the step under way was asked for
   * @param lastMillis how long the last finished step took
   * @param meanMillis how long a step took on average
   * @param longestMillis how long the longest took
   * @param slowest the model that was the last to finish the last step
   * @param leftMillis how long the steps that are left take at this pace; null before the first
   * @param late how often a model said that it was done while no step was open
   * @param duplicate how often a model said it again for the same step
   */
  public record Clock(
      int step,
      int finished,
      int steps,
      int stepSeconds,
      LocalDateTime start,
      String zone,
      @Nullable Instant stepBegan,
      double lastMillis,
      double meanMillis,
      double longestMillis,
      String slowest,
      @Nullable Double leftMillis,
      int late,
      int duplicate) {}

  /**
   * What it was made from.
   *
   * @param version of Tutti
   * @param esdl SHA-256 of the file
   * @param plan SHA-256 of the list of models
   * @param seed for models that need chance
   */
  public record Origin(
      String version,
      String esdl,
      String plan,
      List<String> images,
      long seed,
      List<Service> services) {}

  /**
   * A kind of models that was asked for.
   *
   * @param every they take part in step 1 and then in every so-manieth one
   */
  public record Service(
      String esdlType, String name, String image, int models, String onModelFailure, int every) {}
}
