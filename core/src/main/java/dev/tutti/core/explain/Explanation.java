package dev.tutti.core.explain;

import dev.tutti.core.store.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why something is as it is. Every kind of thing is explained in this one shape.
 *
 * @param kind what it is: {@code model}, {@code deployment}, {@code workload}
 * @param since when it came into this state, as far as that is known
 * @param summary one sentence
 * @param waitingFor what has to happen before it goes on; empty when it waits for nothing of ours
 * @param lastLines the last lines of its output, when it ended
 * @param next its timers, the next one first
 * @param commands what is to be done about it and is not done yet
 * @param history its newest events, oldest first
 * @param advice what a person can do, as sentences
 */
public record Explanation(
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
    List<JournalEntry> history,
    List<String> advice) {

  public Explanation {
    waitingFor = List.copyOf(waitingFor);
    lastLines = List.copyOf(lastLines);
    next = List.copyOf(next);
    commands = List.copyOf(commands);
    history = List.copyOf(history);
    advice = List.copyOf(advice);
  }

  /**
   * Something that it waits for.
   *
   * @param what one word: {@code places}, {@code backplane}, {@code ready}, {@code broker}, {@code
   *     store}, {@code quarantine}, {@code end}
   * @param until when waiting ends in any case
   */
  public record Wait(
      String what, String sentence, @Nullable Instant since, @Nullable Instant until) {}

  /**
   * The last thing that failed.
   *
   * @param step what was being done: {@code start}, {@code becoming ready}, {@code run}
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
   * What waits in a lane.
   *
   * @param command the one that is next
   * @param waiting how many wait in the lane
   * @param since when it became the next one, in this process
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

  public static Draft of(String kind, String id) {
    return new Draft(kind, id);
  }

  /** Collects an explanation. */
  public static final class Draft {

    private final String kind;
    private final String id;
    private String state = "";
    private @Nullable Instant since;
    private String summary = "";
    private final List<Wait> waits = new ArrayList<>();
    private @Nullable LastError lastError;
    private List<String> lastLines = List.of();
    private final List<Upcoming> next = new ArrayList<>();
    private final List<Pending> commands = new ArrayList<>();
    private List<JournalEntry> history = List.of();
    private final List<String> advice = new ArrayList<>();

    private Draft(String kind, String id) {
      this.kind = kind;
      this.id = id;
    }

    public Draft state(String word, @Nullable Instant when, String sentence) {
      state = word;
      since = when;
      summary = sentence;
      return this;
    }

    public Draft waits(
        String what, String sentence, @Nullable Instant from, @Nullable Instant until) {
      waits.add(new Wait(what, sentence, from, until));
      return this;
    }

    public Draft failed(LastError error) {
      lastError = error;
      return this;
    }

    public Draft lastLines(List<String> lines) {
      lastLines = lines;
      return this;
    }

    public Draft next(String sentence, Instant due) {
      next.add(new Upcoming(sentence, due));
      return this;
    }

    public Draft pending(Pending command) {
      commands.add(command);
      return this;
    }

    public Draft history(List<JournalEntry> entries) {
      history = entries;
      return this;
    }

    /** What a person can do; said once, however many reasons there are. */
    public Draft advise(String sentence) {
      if (!advice.contains(sentence)) {
        advice.add(sentence);
      }
      return this;
    }

    public Explanation explained() {
      return new Explanation(
          kind, id, state, since, summary, waits, lastError, lastLines, next, commands, history,
          advice);
    }
  }
}
