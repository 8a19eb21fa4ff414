/**
 * How a thing runs: a message reaches the strand of its owner, which decides; documents, journal,
 * commands and timers are committed in one transaction; then the lanes do what was decided, and its
 * results come back as messages.
 */
@NullMarked
package dev.tutti.core.run;

import org.jspecify.annotations.NullMarked;
