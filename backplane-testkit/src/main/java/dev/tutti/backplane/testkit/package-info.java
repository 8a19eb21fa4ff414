/**
 * What every backplane must keep: the conformance suite, and a simulated backplane for thousands of
 * workloads and for faults. It may depend on the core and on the test libraries; tests and
 * benchmarks depend on it.
 */
@NullMarked
package dev.tutti.backplane.testkit;

import org.jspecify.annotations.NullMarked;
