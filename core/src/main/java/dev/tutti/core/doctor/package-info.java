/**
 * What could be wrong with a running instance and its machine: small checks, each of one thing,
 * with a sentence and what to do.
 */
@NullMarked
package dev.tutti.core.doctor;

import org.jspecify.annotations.NullMarked;
