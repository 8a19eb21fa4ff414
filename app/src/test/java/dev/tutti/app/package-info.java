/**
 * Acceptance tests: the whole program against real brokers, real processes and its own REST API.
 */
@NullMarked
package dev.tutti.app;

import org.jspecify.annotations.NullMarked;
