@NullMarked
package dev.tutti.broker;

import org.jspecify.annotations.NullMarked;
