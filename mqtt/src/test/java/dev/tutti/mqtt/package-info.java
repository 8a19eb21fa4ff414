@NullMarked
package dev.tutti.mqtt;

import org.jspecify.annotations.NullMarked;
