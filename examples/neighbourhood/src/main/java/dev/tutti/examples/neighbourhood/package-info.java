/**
 * A street that is calculated by five services: the weather, roofs, households, their connections
 * to the network, and the network. Each is a model of the SDK with a {@code main}; it shows how
 * they are written, and computes something that makes sense.
 */
@NullMarked
package dev.tutti.examples.neighbourhood;

import org.jspecify.annotations.NullMarked;
