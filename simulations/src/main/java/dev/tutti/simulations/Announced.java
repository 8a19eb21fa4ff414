package dev.tutti.simulations;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What an announcement of a model says (decision record 0013).
 *
 * @param startedStep number of the last NewStep that the model has accepted
 * @param finishedStep number of the last step that it has finished
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Announced(
    String sdk, String protocol, boolean parameterized, int startedStep, int finishedStep) {}
