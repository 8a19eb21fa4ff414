package dev.tutti.core.workload;

import dev.tutti.core.Message;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.Particulars;
import java.time.Duration;

/** What can be said to a workload that runs for nobody we know. */
sealed interface OrphanMessage extends Message {

  /** A person wants it to be supervised; who, for the journal. */
  record Adopt(Observation seen, Particulars particulars, String by) implements OrphanMessage {}

  /** A person wants it to end. */
  record Stop(Duration grace, String by) implements OrphanMessage {}
}
