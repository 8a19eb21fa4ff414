/**
 * Workloads as processes of this machine. It implements the backplane port and may depend on the
 * core alone; it never sees another adapter.
 */
@NullMarked
package dev.tutti.backplane.process;

import org.jspecify.annotations.NullMarked;
