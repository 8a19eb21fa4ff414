/**
 * The embedded MQTT broker. Only the app wires it; everything else speaks MQTT to it as to any
 * other broker. It may depend on the core and on the broker library.
 */
@NullMarked
package dev.tutti.broker;

import org.jspecify.annotations.NullMarked;
