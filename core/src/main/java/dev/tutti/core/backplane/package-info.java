/**
 * The port to what actually runs containers. Nothing here mentions a simulation, a service or a
 * pipeline: a workload is the only thing that a backplane knows.
 */
@NullMarked
package dev.tutti.core.backplane;

import org.jspecify.annotations.NullMarked;
