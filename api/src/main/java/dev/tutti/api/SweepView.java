package dev.tutti.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Simulations that one request made, which differ by their parameters alone.
 *
 * @param id empty when it is only planned
 * @param created null when it is only planned
 * @param simulations how many they are
 * @param waiting how many of them wait in the queue
 * @param succeeded how many have ended well
 * @param unsuccessful how many have ended otherwise, or will: failed, timed out, cancelled
 * @param parameters their names
 * @param members the simulations, in the order of their sets of parameters; empty in lists
 * @param models of all simulations together; 0 unless it is only planned
 * @param messages between orchestrator and models, of all simulations; 0 unless it is only planned
 * @param warnings what is odd about the request, but no reason to refuse it; only when planned
 */
public record SweepView(
    String id,
    String name,
    @Nullable Instant created,
    int simulations,
    int waiting,
    int succeeded,
    int unsuccessful,
    List<String> parameters,
    List<Member> members,
    long models,
    long messages,
    List<String> warnings) {

  /**
   * A simulation of a sweep.
   *
   * @param values of the parameters; empty where it is as in the request
   * @param state as of a {@link SimulationView}, {@code planned}, or {@code forgotten} when it is
   *     not kept any more
   * @param outcome as of a {@link SimulationView}
   * @param finished steps
   * @param reason of its outcome
   */
  public record Member(
      String simulation,
      List<String> values,
      String state,
      String outcome,
      int finished,
      int steps,
      String reason) {}
}
