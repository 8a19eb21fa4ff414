package dev.tutti.simulations;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A model of a simulation as it is now.
 *
 * @param plan what it is
 * @param state how far it is
 * @param waitedFor whether everybody waits for it: it has not answered what was asked last
 * @param every it takes part in step 1 and then in every so-manieth one
 * @param announced whether it has said that it is written with our SDK
 * @param lastAnswer how long it took to answer what was asked last; zero when it has not
 * @param end how it ended
 */
public record SimulatedModel(
    PlannedModel plan,
    ModelState state,
    boolean waitedFor,
    int every,
    boolean announced,
    Duration lastAnswer,
    Optional<ModelEnd> end) {

  /** The last lines of its output, when it failed and they are known. */
  public List<String> lastLines() {
    return end.map(ModelEnd::lastLines).orElse(List.of());
  }
}
