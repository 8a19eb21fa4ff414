package dev.tutti.dots;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * One model that a DeployModels asks for: its id, its image and its environment, unchecked.
 *
 * @param modelId what the sender calls the model; {@link ModelId#problem} says whether it may be
 *     one
 * @param environmentVariables as sent, in order and with repetitions
 */
public record ModelConfiguration(
    String modelId, String imageUrl, List<EnvironmentVariable> environmentVariables) {

  public ModelConfiguration {
    environmentVariables = List.copyOf(environmentVariables);
  }

  /**
   * The variables as a container gets them: in order of first occurrence, where a repeated name
   * keeps its last value. That is how the original MSO has always read them.
   */
  public SequencedMap<String, String> environment() {
    LinkedHashMap<String, String> environment = new LinkedHashMap<>();
    for (EnvironmentVariable variable : environmentVariables) {
      environment.put(variable.name(), variable.value());
    }
    return Collections.unmodifiableSequencedMap(environment);
  }
}
