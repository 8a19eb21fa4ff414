package dev.tutti.models.simulated;

/** What all parts of a world share. */
record Surroundings(Dice dice, VirtualTime time, Faults faults, Flaw flaw, Trace trace) {}
