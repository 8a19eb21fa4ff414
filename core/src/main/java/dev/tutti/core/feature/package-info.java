/** What a feature is to the program that it becomes a part of. */
@NullMarked
package dev.tutti.core.feature;

import org.jspecify.annotations.NullMarked;
