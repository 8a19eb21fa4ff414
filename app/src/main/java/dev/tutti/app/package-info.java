/**
 * The composition root: configuration, wiring and the start of the server, on one page. It is the
 * only room that knows every other, and nothing but the benchmarks depends on it.
 */
@NullMarked
package dev.tutti.app;

import org.jspecify.annotations.NullMarked;
