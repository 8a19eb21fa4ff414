@NullMarked
package dev.tutti.simulations;

import org.jspecify.annotations.NullMarked;
