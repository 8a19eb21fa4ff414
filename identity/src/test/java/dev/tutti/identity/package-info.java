@NullMarked
package dev.tutti.identity;

import org.jspecify.annotations.NullMarked;
