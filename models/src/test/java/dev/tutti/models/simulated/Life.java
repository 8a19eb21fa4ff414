package dev.tutti.models.simulated;

import dev.tutti.core.run.Alarms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * One process of the orchestrator: its threads, as tasks that run one at a time in any order, and
 * its alarms. Both end with it.
 */
final class Life implements Executor, Alarms {

  private final VirtualTime time;
  private final Dice dice;
  private final List<Runnable> ready = new ArrayList<>();
  private boolean over;

  Life(VirtualTime time, Dice dice) {
    this.time = time;
    this.dice = dice;
  }

  @Override
  public void execute(Runnable task) {
    if (!over) {
      ready.add(task);
    }
  }

  @Override
  public Alarm at(Instant due, Runnable task) {
    return time.at(due, () -> execute(task));
  }

  boolean isOver() {
    return over;
  }

  boolean idle() {
    return ready.isEmpty();
  }

  /** Runs one of the tasks that could run. */
  boolean runOne() {
    if (ready.isEmpty()) {
      return false;
    }
    dice.take(ready).run();
    return true;
  }

  void end() {
    over = true;
    ready.clear();
  }
}
