/**
 * The tutti command: what it asks of a server, and how it shows the answer. It may depend on the
 * API alone, so that it starts quickly and shows what any client could know.
 */
@NullMarked
package dev.tutti.cli;

import org.jspecify.annotations.NullMarked;
