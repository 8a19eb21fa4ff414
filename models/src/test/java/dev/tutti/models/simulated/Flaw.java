package dev.tutti.models.simulated;

/** A world that is broken on purpose, to see that the oracle notices. */
enum Flaw {
  NONE,
  /** A crash takes the last commit with it, although it was reported as durable. */
  STORE_LOSES_LAST_COMMIT,
  /** The mark of a notice that must never be sent twice is not kept. */
  STORE_LOSES_MARKS,
  /** Timers are not kept. */
  STORE_LOSES_TIMERS,
  /** Each notice is sent two times. */
  LANE_EXECUTES_TWICE,
  /** The broker believes that a message was taken when it was only delivered. */
  ACKNOWLEDGED_BEFORE_COMMIT,
  /** More is admitted than there is room for. */
  ADMITS_TOO_MANY,
  /** A workload that was started is started again when it is asked for again. */
  BACKPLANE_STARTS_AGAIN
}
