/**
 * The simulation orchestrator: what is asked for, which models that needs, and the clock that
 * drives them. It speaks to the model services orchestrator over MQTT alone, in the DOTS protocol.
 * It may depend on the core, on the DOTS messages and on the records of the API; it never sees
 * another feature or an adapter.
 */
@NullMarked
package dev.tutti.simulations;

import org.jspecify.annotations.NullMarked;
