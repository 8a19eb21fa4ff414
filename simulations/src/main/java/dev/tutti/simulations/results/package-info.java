/**
 * What models calculated: taken in the way InfluxDB 1.x takes points, kept as files, given back as
 * tables.
 */
@NullMarked
package dev.tutti.simulations.results;

import org.jspecify.annotations.NullMarked;
