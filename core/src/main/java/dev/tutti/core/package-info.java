/**
 * The core: owners and their strands, documents, commands, timers, workloads and the ports behind
 * which everything that touches the outside lives.
 *
 * <p>May depend on the JDK, the SLF4J API and JSpecify only: it knows no library of input or
 * output. This package holds the words that every other package uses.
 */
@NullMarked
package dev.tutti.core;

import org.jspecify.annotations.NullMarked;
