package dev.tutti.simulations;

import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The models that a request and its ESDL mean. A plan is made before anything is stored; that there
 * is one says that the simulation can work.
 *
 * @param idStem what the id of the simulation begins with; a hyphen and eight hexadecimal digits
 *     follow. Models are named so that they fit to any such id
 * @param models in the order of the first object of their services, which is the order of all
 *     messages to them
 * @param warnings what is odd about the request, but no reason to refuse it
 * @param esdlBytes size of the ESDL before it is encoded for the models
 */
public record Plan(
    String idStem, List<PlannedModel> models, List<String> warnings, long esdlBytes) {

  public Plan {
    models = List.copyOf(models);
    warnings = List.copyOf(warnings);
  }

  /** An id for a simulation that follows this plan. */
  public String newId(RandomGenerator random) {
    return idStem + "-" + HexFormat.of().toHexDigits(random.nextInt());
  }
}
