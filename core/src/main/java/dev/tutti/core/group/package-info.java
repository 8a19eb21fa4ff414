/**
 * Workloads that belong together and start in an order. Uses the port to backplanes, and nothing
 * else of the core.
 */
@NullMarked
package dev.tutti.core.group;

import org.jspecify.annotations.NullMarked;
