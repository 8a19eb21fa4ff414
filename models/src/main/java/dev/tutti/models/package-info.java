/**
 * The model services orchestrator: which models run, for which simulation step, and how they end.
 * It may depend on the core, on the DOTS messages and on the records of the API; it never sees
 * another feature or an adapter.
 */
@NullMarked
package dev.tutti.models;

import org.jspecify.annotations.NullMarked;
