@NullMarked
package dev.tutti.simulations.results;

import org.jspecify.annotations.NullMarked;
