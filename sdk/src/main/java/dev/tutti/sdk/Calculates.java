package dev.tutti.sdk;

/** The function of a calculation. */
@FunctionalInterface
public interface Calculates {

  /**
   * Calculates one step of one object. Called for every object of the model, one after another,
   * once all inputs of all of them are there. An exception ends the simulation with its text.
   *
   * @return a value for each declared output
   */
  Results calculate(Step step, EsdlObject object, Inputs inputs);
}
