package dev.tutti.core.explain;

import dev.tutti.core.Failure;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.LaneStatus;
import dev.tutti.core.run.StrandStatus;
import dev.tutti.core.run.Stuck;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.Timer;
import java.util.Optional;
import java.util.function.Function;

/** Says of any owner what the engine knows: its strand, its lanes, its timers, its events. */
public final class Workings {

  private static final int EVENTS = 10;

  private final Engine engine;

  public Workings(Engine engine) {
    this.engine = engine;
  }

  /**
   * Adds what may fail: a record that cannot be read is often why somebody asks, and must not keep
   * the rest from being said.
   */
  public static void guarded(Explanation.Draft draft, Runnable part) {
    try {
      part.run();
    } catch (Failure.NotFound missing) {
      throw missing;
    } catch (RuntimeException unreadable) {
      draft.waits("record", "Not all could be read: %s.".formatted(reason(unreadable)), null, null);
      draft.advise(
          "Look at the store: `tutti doctor --deep` reads all of it; a record that another release wrote needs that release, one that is damaged a backup.");
    }
  }

  private static String reason(RuntimeException failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }

  /** What keeps an owner from deciding: its quarantine, or a store that takes no writes. */
  public void strand(Explanation.Draft draft, OwnerRef owner) {
    StrandStatus strand = engine.strands().status(owner);
    if (strand.stuck()) {
      Optional<Stuck> stuck = engine.store().find(Stuck.KIND, owner.toString()).map(Document::body);
      draft.waits(
          "quarantine",
          "Its owner %s decides nothing: %s; %s."
              .formatted(
                  owner,
                  stuck
                      .map(s -> "%s failed three times (%s)".formatted(s.message(), s.reason()))
                      .orElse("a message failed three times"),
                  counted(strand.waiting(), "message waits", "messages wait")),
          stuck.map(Stuck::since).orElse(null),
          null);
      draft.advise(
          "Mend the cause, then `tutti owner retry %s`; or go on without that message: `tutti owner skip %s`."
              .formatted(owner, owner));
    }
    strand
        .storeTrouble()
        .ifPresent(why -> {
          draft.waits(
              "store",
              "The store takes no writes: %s %s to be decided on."
                  .formatted(why, counted(strand.waiting(), "message waits", "messages wait")),
              strand.storeSince().orElse(null),
              null);
          draft.advise(
              "Make the store writable again (free disk space, permissions); nothing is lost meanwhile, and it goes on by itself.");
        });
  }

  /** Notes what waits in a lane, and gives it to who can say what it waits for. */
  public Optional<LaneStatus> lane(Explanation.Draft draft, String lane) {
    Optional<LaneStatus> status = engine.lanes().status(lane);
    status.ifPresent(s ->
        draft.pending(
            new Explanation.Pending(
                s.command(),
                s.lane(),
                s.waiting(),
                s.since(),
                s.tries(),
                s.lastFailure(),
                s.nextTry().orElse(null))));
    return status;
  }

  /**
   * Notes the timers of an owner.
   *
   * @param meaning what a timer will do; empty when it is none of this thing's
   */
  public void timers(
      Explanation.Draft draft, OwnerRef owner, Function<Timer, Optional<String>> meaning) {
    for (Timer timer : engine.timersOf(owner)) {
      meaning.apply(timer).ifPresent(sentence -> draft.next(sentence, timer.due()));
    }
  }

  /**
   * Notes the newest events.
   *
   * @param subject only those about this; empty text for all of the owner
   */
  public void history(Explanation.Draft draft, OwnerRef owner, String subject) {
    draft.history(engine.store().newest(owner, subject, EVENTS));
  }

  /** Such as {@code 1 message waits}, {@code 3 messages wait}. */
  public static String counted(int number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  /** How often a command was tried, as the end of a sentence. */
  public static String tries(LaneStatus lane) {
    return lane.tries() == 0
        ? "it is being tried"
        : "tried %s, the last one said: %s"
            .formatted(counted(lane.tries(), "time", "times"), lane.lastFailure());
  }
}
