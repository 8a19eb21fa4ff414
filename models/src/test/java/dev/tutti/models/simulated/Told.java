package dev.tutti.models.simulated;

import dev.tutti.core.store.Command;
import dev.tutti.core.store.Delivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What simulators were told, against what was decided: per simulation in the order of decisions,
 * each at least once or never twice, and repeated only where nobody can know whether it arrived.
 */
final class Told {

  private static final class Decided {
    private final long number;
    private final String what;
    private final boolean neverTwice;
    private int told;
    private boolean marked;
    private boolean forgotten;
    private boolean doubtful;

    Decided(long number, String what, boolean neverTwice) {
      this.number = number;
      this.what = what;
      this.neverTwice = neverTwice;
    }

    /** Nobody tries it any more, and nobody knows whether it was sent. */
    boolean givenUp() {
      return neverTwice && doubtful;
    }

    @Override
    public String toString() {
      return number + " " + what;
    }
  }

  private static final class Lane {
    private final String name;
    private final List<Decided> decided = new ArrayList<>();
    // The last one that was told in this life of the process.
    private int last = -1;
    private boolean unanswered;

    Lane(String name) {
      this.name = name;
    }

    int next() {
      int next = last + 1;
      while (next < decided.size() && decided.get(next).givenUp()) {
        next++;
      }
      return next;
    }
  }

  private final Map<String, Lane> lanes = new HashMap<>();
  private final Map<Long, Decided> byNumber = new HashMap<>();
  private long repeated;

  void decided(Command<?> command) {
    if (!command.lane().startsWith("notices/")) {
      return;
    }
    Decided decided =
        new Decided(
            command.number(), Said.of(command), command.kind().delivery() == Delivery.NEVER_TWICE);
    Decided before = byNumber.put(command.number(), decided);
    if (before != null && !before.forgotten) {
      throw new Violation("two commands wait under the number " + command.number());
    }
    lanes.computeIfAbsent(command.lane(), Lane::new).decided.add(decided);
  }

  void marked(long number) {
    Decided decided = byNumber.get(number);
    if (decided != null) {
      decided.marked = true;
    }
  }

  void forgotten(long number) {
    Decided decided = byNumber.get(number);
    if (decided != null) {
      decided.forgotten = true;
    }
  }

  void published(Said said) {
    Lane lane = lanes.computeIfAbsent(said.lane(), Lane::new);
    if (lane.unanswered && lane.decided.get(lane.last).what.equals(said.what())) {
      lane.unanswered = false;
      repeated++;
      lane.decided.get(lane.last).told++;
      return;
    }
    int next = lane.next();
    if (next == lane.decided.size() || !lane.decided.get(next).what.equals(said.what())) {
      throw new Violation(
          "%s was told '%s', its turn is %s"
              .formatted(
                  lane.name,
                  said.what(),
                  next == lane.decided.size() ? "nothing" : "'" + lane.decided.get(next) + "'"));
    }
    lane.last = next;
    lane.unanswered = false;
    Decided told = lane.decided.get(next);
    told.told++;
    repeated += told.told > 1 ? 1 : 0;
    if (told.neverTwice && told.told > 1) {
      throw new Violation("%s was told twice: %s".formatted(lane.name, told));
    }
  }

  /** A notice got no answer from the broker, which may have taken it. */
  void unanswered(Said said, boolean arrived) {
    Lane lane = lanes.computeIfAbsent(said.lane(), Lane::new);
    boolean again = lane.unanswered && lane.decided.get(lane.last).what.equals(said.what());
    int at = arrived || again ? lane.last : lane.next();
    if (at < lane.decided.size() && lane.decided.get(at).neverTwice) {
      lane.decided.get(at).doubtful = true;
      lane.last = Math.max(lane.last, at);
    } else {
      lane.unanswered = arrived || lane.unanswered;
    }
  }

  /** The process ended; what is not forgotten comes again, unless it must never be sent twice. */
  void crashed() {
    for (Lane lane : lanes.values()) {
      lane.unanswered = false;
      lane.last = -1;
      for (Decided decided : lane.decided) {
        decided.doubtful |= decided.neverTwice && decided.marked && !decided.forgotten;
      }
      while (lane.last + 1 < lane.decided.size() && lane.decided.get(lane.last + 1).forgotten) {
        lane.last++;
      }
    }
  }

  /** Once everything works again and is quiet, all that was decided has been told. */
  void checkAll() {
    for (Lane lane : lanes.values()) {
      for (Decided decided : lane.decided) {
        boolean told = decided.told > 0 || decided.givenUp();
        if (!told || !decided.forgotten) {
          throw new Violation(
              "%s: %s was %s"
                  .formatted(
                      lane.name, decided, told ? "told and is not forgotten" : "never told"));
        }
      }
    }
  }

  long repeated() {
    return repeated;
  }

  long times(String what) {
    return lanes.values().stream()
        .flatMap(lane -> lane.decided.stream())
        .filter(d -> d.what.equals(what))
        .mapToLong(d -> d.told)
        .sum();
  }
}
