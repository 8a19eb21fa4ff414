package dev.tutti.core.store;

/** How often a command may reach its receiver when the process dies at the worst moment. */
public enum Delivery {
  /** At least once; the receiver is idempotent. */
  REPEATABLE,
  /** At most once: marked as sent, durably, before it is sent; never sent again after a crash. */
  NEVER_TWICE,
  /**
   * At most once, and not stored: it goes with the process. For what the owner asks again by itself
   * after a restart; it costs no write. Nobody is told that it was lost.
   */
  NOT_KEPT
}
