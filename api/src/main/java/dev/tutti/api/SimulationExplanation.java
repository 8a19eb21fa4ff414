package dev.tutti.api;

import java.util.List;

/**
 * Why a simulation is in its state.
 *
 * @param sentences what is going on, since when, for what it waits; for a person, in this order
 * @param troubled the models that failed, with their exit codes and last lines
 */
public record SimulationExplanation(
    String id, List<String> sentences, List<SimulatedModelView> troubled) {}
