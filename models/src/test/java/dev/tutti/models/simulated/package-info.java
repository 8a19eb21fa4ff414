/**
 * The whole core with the model services, on one thread, with a clock, disk, broker and backplane
 * that do what a seed says: whatever goes wrong, {@link dev.tutti.models.simulated.Oracle} knows
 * what must hold.
 */
@NullMarked
package dev.tutti.models.simulated;

import org.jspecify.annotations.NullMarked;
