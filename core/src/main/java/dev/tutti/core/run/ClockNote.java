package dev.tutti.core.run;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;

/**
 * How the clock stood against the ticker when timers were last true, so that the next process
 * notices a clock that was set while nobody watched.
 *
 * @param era which ticker
 * @param offsetMicros what the clock was ahead of it
 * @param shiftMicros by how much timers are being shifted; 0 when all are
 * @param shiftedUpTo the last one that is
 */
record ClockNote(String era, long offsetMicros, long shiftMicros, String shiftedUpTo) {

  static final DocumentKind<ClockNote> KIND =
      DocumentKind.of("clock", ClockNote.class, _ -> new Attributes("", "", "noted"));
  static final String ID = "clock";

  /** What the journal's entries about time are of. */
  static final OwnerRef OWNER = new OwnerRef("server", "clock");
}
