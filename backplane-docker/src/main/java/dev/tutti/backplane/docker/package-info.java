/**
 * Workloads as containers of a Docker Engine. The engine holds the truth about them; what is ours
 * is known by labels, and nothing else is ever touched. Depends on the core and a client of the
 * Engine API.
 */
@NullMarked
package dev.tutti.backplane.docker;

import org.jspecify.annotations.NullMarked;
