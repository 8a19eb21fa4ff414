/**
 * The DOTS protocol: its messages, from our own definitions, and the grammar of its topics. It does
 * no I/O and may depend on protobuf alone.
 */
@NullMarked
package dev.tutti.dots;

import org.jspecify.annotations.NullMarked;
