@NullMarked
package dev.tutti.dots;

import org.jspecify.annotations.NullMarked;
