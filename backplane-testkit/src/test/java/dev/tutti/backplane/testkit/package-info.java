@NullMarked
package dev.tutti.backplane.testkit;

import org.jspecify.annotations.NullMarked;
