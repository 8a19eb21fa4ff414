package dev.tutti.core.workload;

/** Where a workload is in its life. */
public enum WorkloadState {
  /** Decided and durable; the backplane has not been asked yet. */
  PLANNED,
  /** The backplane is bringing it up. */
  STARTING,
  /** It runs. */
  RUNNING,
  /** It ended, could not be started, or is gone; final. */
  ENDED,
  /** Ended, and its output and remains are deleted on the backplane; final. */
  REMOVED;

  public boolean ended() {
    return this == ENDED || this == REMOVED;
  }

  /** The word that is stored, listed and filtered by. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
