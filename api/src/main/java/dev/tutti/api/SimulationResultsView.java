package dev.tutti.api;

import java.util.List;

/**
 * The results that models of a simulation have written so far.
 *
 * @param measurements names of tables, each to be had as CSV
 */
public record SimulationResultsView(String id, List<String> measurements) {}
