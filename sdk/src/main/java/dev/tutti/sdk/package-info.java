/**
 * What a calculation service is written with: declare inputs, outputs and a function per
 * calculation; connection, life cycle, bookkeeping of steps, results and errors are done here. It
 * depends on the DOTS messages and an MQTT client, on nothing of the server.
 */
@NullMarked
package dev.tutti.sdk;

import org.jspecify.annotations.NullMarked;
