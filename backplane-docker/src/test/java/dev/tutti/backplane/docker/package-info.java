@NullMarked
package dev.tutti.backplane.docker;

import org.jspecify.annotations.NullMarked;
