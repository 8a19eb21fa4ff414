/**
 * Descriptions of routes, free of any HTTP library: a feature declares endpoints, the {@code http}
 * module serves them.
 */
@NullMarked
package dev.tutti.core.surface;

import org.jspecify.annotations.NullMarked;
