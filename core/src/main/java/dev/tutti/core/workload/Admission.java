package dev.tutti.core.workload;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gang admission: a group gets places for all its workloads or for none, so that half a
 * co-simulation is never started. Counts live in memory; groups reserve again after a restart what
 * their documents say.
 */
public final class Admission {

  private final int limit;
  private final Runnable onFreed;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Integer> reserved = new HashMap<>();
  private int used;

  /**
   * @param limit how many workloads may be admitted at the same time
   * @param onFreed called whenever places become free
   */
  public Admission(int limit, Runnable onFreed) {
    this.limit = limit;
    this.onFreed = onFreed;
  }

  public int limit() {
    return limit;
  }

  public int used() {
    lock.lock();
    try {
      return used;
    } finally {
      lock.unlock();
    }
  }

  /** Who holds how many places. */
  public Map<String, Integer> holders() {
    lock.lock();
    try {
      return Map.copyOf(reserved);
    } finally {
      lock.unlock();
    }
  }

  /** Reserves places; true when the group has them now, also when it had some before. */
  public boolean tryReserve(String group, int places) {
    lock.lock();
    try {
      if (reserved.containsKey(group)) {
        return true;
      }
      if (used + places > limit) {
        return false;
      }
      take(group, places);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes places that the group had before a restart, beyond the limit if need be. */
  public void restore(String group, int places) {
    lock.lock();
    try {
      if (places > 0 && !reserved.containsKey(group)) {
        take(group, places);
      }
    } finally {
      lock.unlock();
    }
  }

  private void take(String group, int places) {
    reserved.put(group, places);
    used += places;
  }

  /** Gives one place back: a workload of the group ended. */
  public void freeOne(String group) {
    lock.lock();
    try {
      Integer places = reserved.get(group);
      if (places == null) {
        return;
      }
      if (places == 1) {
        reserved.remove(group);
      } else {
        reserved.put(group, places - 1);
      }
      used--;
    } finally {
      lock.unlock();
    }
    onFreed.run();
  }
}
