package dev.tutti.models.simulated;

/** What can happen to a process while it waits for something outside. */
@FunctionalInterface
interface Danger {

  /** The process may end here, or another of its threads get its turn. */
  void at(String where);
}
