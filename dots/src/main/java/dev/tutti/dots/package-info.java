/**
 * The DOTS protocol: its messages, from our own definitions, and the grammar of its topics. What
 * comes from the wire is decoded into a result and parsed into a case, never into an exception: one
 * bad message harms that one message. It does no I/O and may depend on protobuf alone.
 */
@NullMarked
package dev.tutti.dots;

import org.jspecify.annotations.NullMarked;
