package dev.tutti.simulations;

/**
 * A kind of model that a simulation asks for: all objects of one ESDL class, in at most so many
 * models.
 *
 * @param esdlType exact name of the class, such as {@code PVInstallation}
 * @param calcServiceName snake_case name of the service
 * @param serviceImageUrl what its models run
 * @param nrOfModels upper bound of models; 0 for one model per object
 * @param onModelFailure what the end of one of its models means for the simulation
 * @param every its models take part in step 1 and then in every so-manieth one; 1 for each step
 */
public record CalculationService(
    String esdlType,
    String calcServiceName,
    String serviceImageUrl,
    int nrOfModels,
    OnModelFailure onModelFailure,
    int every) {

  /** Records of simulations that were made before there was a rate say nothing of it. */
  public CalculationService {
    every = Math.max(1, every);
  }

  /** A service that takes part in each step. */
  public CalculationService(
      String esdlType,
      String calcServiceName,
      String serviceImageUrl,
      int nrOfModels,
      OnModelFailure onModelFailure) {
    this(esdlType, calcServiceName, serviceImageUrl, nrOfModels, onModelFailure, 1);
  }

  /** What follows when a model ends before the simulation does. */
  public enum OnModelFailure {
    /** The simulation ends as failed. */
    FAIL,
    /** The simulation goes on without the model. */
    CONTINUE,
    /** All models are deployed anew and the simulation starts over, at most once per model. */
    RESTART
  }
}
