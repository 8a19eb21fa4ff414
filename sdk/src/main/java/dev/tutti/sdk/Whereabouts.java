package dev.tutti.sdk;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a model is, as it announces it to the orchestrator (decision record 0013).
 *
 * @param parameterized whether it has taken parameters
 * @param startedStep number of the last NewStep that it has accepted, 0 before the first
 * @param finishedStep number of the last step for which it has sent CalculationsDone
 */
record Whereabouts(boolean parameterized, int startedStep, int finishedStep) {
  private static final String PROTOCOL = "1.0";

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  static Whereabouts of(Optional<ModelRun> run) {
    return new Whereabouts(
        run.isPresent(),
        run.map(ModelRun::started).orElse(0),
        run.map(ModelRun::finished).orElse(0));
  }

  byte[] json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sdk", "tutti");
    json.put("protocol", PROTOCOL);
    json.put("parameterized", parameterized);
    json.put("startedStep", startedStep);
    json.put("finishedStep", finishedStep);
    return Json.write(json).getBytes(StandardCharsets.UTF_8);
  }
}
