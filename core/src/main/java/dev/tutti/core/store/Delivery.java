package dev.tutti.core.store;

/** How often a command may reach its receiver when the process dies at the worst moment. */
public enum Delivery {
  /** At least once; the receiver is idempotent. */
  REPEATABLE,
  /** At most once: marked as sent, durably, before it is sent; never sent again after a crash. */
  NEVER_TWICE
}
