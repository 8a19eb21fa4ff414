/**
 * Measured claims: each budget of the architecture has a benchmark that prints what it measured. It
 * may depend on everything.
 */
@NullMarked
package dev.tutti.benchmarks;

import org.jspecify.annotations.NullMarked;
