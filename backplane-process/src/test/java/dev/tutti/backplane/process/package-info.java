@NullMarked
package dev.tutti.backplane.process;

import org.jspecify.annotations.NullMarked;
