/** The port to a message broker. */
@NullMarked
package dev.tutti.core.bus;

import org.jspecify.annotations.NullMarked;
