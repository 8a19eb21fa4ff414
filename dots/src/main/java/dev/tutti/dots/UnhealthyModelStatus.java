package dev.tutti.dots;

/** What is wrong with a model that still runs. */
public enum UnhealthyModelStatus {
  /** Its counters do not move while a step is open. */
  NOPROGRESS,
  /** Something that a newer peer has a name for; -1 on the wire, which no peer uses. */
  UNRECOGNISED
}
