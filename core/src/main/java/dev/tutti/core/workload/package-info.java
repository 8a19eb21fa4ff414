/**
 * Workloads as the core knows them: their records, their states, and how observations change them.
 */
@NullMarked
package dev.tutti.core.workload;

import org.jspecify.annotations.NullMarked;
