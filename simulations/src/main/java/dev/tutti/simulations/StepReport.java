package dev.tutti.simulations;

/**
 * How a step went.
 *
 * @param micros from the first NewStep to the last CalculationsDone
 * @param slowest the model that was last
 * @param late how many CalculationsDone came before it, when no step was open
 * @param duplicate how many came again during it
 */
record StepReport(long micros, String slowest, int late, int duplicate) {}
