package dev.tutti.api;

import java.util.List;

/**
 * What a request for a simulation would do.
 *
 * @param idStem what the id would begin with
 * @param warnings what is odd about the request, but no reason to refuse it
 * @param esdlBytes size of the ESDL file
 * @param messagesPerStep between the orchestrator and its models, in a step in which all take part.
 *     What models send each other per step only they know
 * @param messages the same from the first to the last of the simulation
 * @param parameterBytes size of the ESDL in all messages together: each model gets all of it
 */
public record SimulationPlanView(
    String idStem,
    List<Model> models,
    List<String> warnings,
    long esdlBytes,
    int steps,
    long messagesPerStep,
    long messages,
    long parameterBytes) {

  /**
   * A model that would run.
   *
   * @param name what its pod would be called, but for the eight digits of the simulation's id
   * @param objects ids of what it would simulate
   * @param every it takes part in step 1 and then in every so-manieth one; 1 for each step
   */
  public record Model(
      String model, String name, String service, String image, List<String> objects, int every) {}
}
