package dev.tutti.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model of a simulation.
 *
 * @param model its id within the simulation
 * @param state {@code registered}, {@code deployed}, {@code parameterized}, {@code step-started},
 *     {@code step-finished}, {@code terminated-successfull} or {@code terminated-failed}, as the
 *     protocol names them
 * @param waitedFor whether everybody waits for it
 * @param every it takes part in step 1 and then in every so-manieth one; 1 for each step
 * @param lastAnswerMillis how long it took to answer what was asked last; 0 when it has not
 * @param exitCode null until it ended, or when it is not known
 * @param reason why it failed
 * @param lastLines of its output, when it failed
 */
public record SimulatedModelView(
    String model,
    String service,
    String image,
    int objects,
    @Allowed(
            words = {
              "registered",
              "deployed",
              "parameterized",
              "step-started",
              "step-finished",
              "terminated-successfull",
              "terminated-failed"
            })
        String state,
    boolean waitedFor,
    int every,
    double lastAnswerMillis,
    @Nullable Integer exitCode,
    String reason,
    List<String> lastLines) {}
