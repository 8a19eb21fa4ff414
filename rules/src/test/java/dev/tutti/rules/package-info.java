/** The rules that the compiler cannot check, over the compiled classes of every other module. */
@NullMarked
package dev.tutti.rules;

import org.jspecify.annotations.NullMarked;
