package dev.tutti.core.store;

import dev.tutti.core.OwnerRef;
import java.time.Instant;

/** A durable alarm: one per owner and name; setting it again replaces it. */
public record Timer(OwnerRef owner, String name, Instant due) {}
