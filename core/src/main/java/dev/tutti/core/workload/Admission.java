package dev.tutti.core.workload;

import dev.tutti.core.OwnerRef;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gang admission: an owner gets places for all its workloads or for none, so that half a
 * co-simulation is never started. Counts live in memory; owners reserve again after a restart what
 * their documents say.
 */
public final class Admission {

  private final int limit;
  private final Runnable onFreed;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<OwnerRef, Integer> reserved = new HashMap<>();
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

  /** Reserves places; true when the owner has them now, also when it had some before. */
  public boolean tryReserve(OwnerRef owner, int places) {
    lock.lock();
    try {
      if (reserved.containsKey(owner)) {
        return true;
      }
      if (used + places > limit) {
        return false;
      }
      take(owner, places);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes places that the owner had before a restart, beyond the limit if need be. */
  public void restore(OwnerRef owner, int places) {
    lock.lock();
    try {
      if (places > 0 && !reserved.containsKey(owner)) {
        take(owner, places);
      }
    } finally {
      lock.unlock();
    }
  }

  private void take(OwnerRef owner, int places) {
    reserved.put(owner, places);
    used += places;
  }

  /** Gives one place back: a workload of the owner ended. */
  public void freeOne(OwnerRef owner) {
    lock.lock();
    try {
      Integer places = reserved.get(owner);
      if (places == null || places == 0) {
        return;
      }
      reserved.put(owner, places - 1);
      used--;
    } finally {
      lock.unlock();
    }
    onFreed.run();
  }

  /** Gives back all places that the owner still has. */
  public void freeAll(OwnerRef owner) {
    lock.lock();
    try {
      Integer places = reserved.remove(owner);
      if (places == null) {
        return;
      }
      used -= places;
    } finally {
      lock.unlock();
    }
    onFreed.run();
  }
}
