@NullMarked
package dev.tutti.sdk;

import org.jspecify.annotations.NullMarked;
