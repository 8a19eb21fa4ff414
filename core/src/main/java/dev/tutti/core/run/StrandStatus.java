package dev.tutti.core.run;

import java.time.Instant;
import java.util.Optional;

/**
 * What an owner's strand is at.
 *
 * @param waiting how many messages wait to be decided on
 * @param stuck whether the owner is in quarantine
 * @param storeTrouble what the store said when it last took nothing; empty when it takes writes
 * @param storeSince since when it takes nothing; empty when it takes writes
 */
public record StrandStatus(
    int waiting, boolean stuck, Optional<String> storeTrouble, Optional<Instant> storeSince) {

  /** An owner without messages. */
  static StrandStatus idle() {
    return new StrandStatus(0, false, Optional.empty(), Optional.empty());
  }
}
