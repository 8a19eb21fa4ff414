package dev.tutti.core.run;

import dev.tutti.core.Message;
import java.time.Instant;

/**
 * A timer of the owner is due. Its record is deleted by the decision that gets this, unless that
 * sets it anew.
 */
public record TimerFired(String name, Instant due) implements Message {}
