/**
 * Why something is as it is: what it waits for, what failed, what comes next, what to do. Computed
 * from documents, timers, lanes and strands whenever somebody asks; nothing is kept for it.
 */
@NullMarked
package dev.tutti.core.explain;

import org.jspecify.annotations.NullMarked;
