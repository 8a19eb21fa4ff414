/**
 * A model that takes part in a simulation and calculates nothing: the smallest program that the
 * orchestrator can run, for examples and for tests. It depends on an MQTT client only.
 */
@NullMarked
package dev.tutti.examples.fakemodel;

import org.jspecify.annotations.NullMarked;
