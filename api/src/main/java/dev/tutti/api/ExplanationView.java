package dev.tutti.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why something is as it is, in the same shape for every kind of thing.
 *
 * @param kind {@code model}, {@code deployment}, {@code workload}
 * @param since when it came into this state, as far as that is known
 * @param summary one sentence
 * @param waitingFor what has to happen before it goes on
 * @param lastLines the last lines of its output, when it ended
 * @param next its timers, the next one first
 * @param commands what is to be done about it and is not done yet
 * @param history its newest events, oldest first
 * @param advice what a person can do, as sentences
 */
public record ExplanationView(
    String kind,
    String id,
    String state,
    @Nullable Instant since,
    String summary,
    List<Wait> waitingFor,
    @Nullable LastError lastError,
    List<String> lastLines,
    List<Upcoming> next,
    List<Pending> commands,
    List<EventView> history,
    List<String> advice) {

  /**
   * Something that it waits for.
   *
   * @param what one word, such as {@code places}, {@code broker}, {@code ready}
   * @param until when waiting ends in any case
   */
  public record Wait(
      String what, String sentence, @Nullable Instant since, @Nullable Instant until) {}

  /**
   * The last thing that failed.
   *
   * @param step what was being done, such as {@code start}, {@code becoming ready}, {@code run}
   * @param workload which container or process; empty when there was none
   */
  public record LastError(
      String step,
      String workload,
      @Nullable Integer exitCode,
      String reason,
      @Nullable Instant at) {}

  /** A timer, and what it will do. */
  public record Upcoming(String sentence, Instant due) {}

  /**
   * Commands that wait for their turn or their receiver.
   *
   * @param command the one that is next
   * @param waiting how many wait, this one included
   * @param tries how often it was tried in vain
   * @param lastFailure what the last try in vain said; empty before it
   * @param nextTry null while it is being tried
   */
  public record Pending(
      String command,
      String lane,
      int waiting,
      Instant since,
      int tries,
      String lastFailure,
      @Nullable Instant nextTry) {}
}
