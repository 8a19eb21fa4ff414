/**
 * Energy systems in ESDL, as far as a simulation orchestrator has to know them: which objects there
 * are, of which class, under which id, in which order. Nothing else of a file is interpreted.
 */
@NullMarked
package dev.tutti.simulations.esdl;

import org.jspecify.annotations.NullMarked;
