/** The port behind which everything durable lives: documents, journal, commands, timers, blobs. */
@NullMarked
package dev.tutti.core.store;

import org.jspecify.annotations.NullMarked;
