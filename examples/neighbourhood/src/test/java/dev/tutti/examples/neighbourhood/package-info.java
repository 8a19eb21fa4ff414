@NullMarked
package dev.tutti.examples.neighbourhood;

import org.jspecify.annotations.NullMarked;
