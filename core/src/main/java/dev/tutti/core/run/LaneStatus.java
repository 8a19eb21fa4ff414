package dev.tutti.core.run;

import dev.tutti.core.OwnerRef;
import java.time.Instant;
import java.util.Optional;

/**
 * What waits in a lane now.
 *
 * @param command kind of the command that is next or being executed
 * @param owner whose command that is
 * @param waiting how many commands wait, this one included
 * @param since when this process made it the first of its lane
 * @param tries how often it was tried in vain
 * @param lastFailure what the last try in vain said; empty before it
 * @param nextTry when it is tried again; empty while it is being executed
 */
public record LaneStatus(
    String lane,
    String command,
    OwnerRef owner,
    int waiting,
    Instant since,
    int tries,
    String lastFailure,
    Optional<Instant> nextTry) {}
