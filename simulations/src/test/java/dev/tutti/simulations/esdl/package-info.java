@NullMarked
package dev.tutti.simulations.esdl;

import org.jspecify.annotations.NullMarked;
