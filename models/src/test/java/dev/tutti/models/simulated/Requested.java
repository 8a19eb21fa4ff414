package dev.tutti.models.simulated;

import dev.tutti.dots.Decoded;
import dev.tutti.dots.LifecycleMessage.DeployModels;
import dev.tutti.dots.MessageType;
import dev.tutti.dots.Topic;
import dev.tutti.models.Deployment;
import dev.tutti.models.SimulationKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What simulators asked for. Each request has a simulator id of its own, by which it is known in
 * the records.
 */
final class Requested {

  private final List<String> simulatorNames = List.of("dots-so", "essim");
  private final Map<String, SimulationKey> sent = new HashMap<>();
  private final Set<String> accepted = new HashSet<>();
  private final Set<String> acknowledged = new HashSet<>();
  private final Map<String, String> contentOf = new HashMap<>();
  // Requests that came while another deployment of the key was alive may be refused.
  private final Set<String> refusable = new HashSet<>();

  void sent(SimulationKey key, String simulatorId, boolean anotherIsAlive) {
    sent.put(simulatorId, key);
    if (anotherIsAlive) {
      refusable.add(simulatorId);
    }
  }

  void accepted(Deployment deployment) {
    Records.require(
        sent.containsKey(deployment.simulatorId()), "accepted out of nothing: %s", deployment);
    accepted.add(deployment.simulatorId());
    contentOf.put(deployment.id(), deployment.content());
    sent.forEach((id, key) -> {
      if (key.equals(deployment.key()) && !id.equals(deployment.simulatorId())) {
        refusable.add(id);
      }
    });
  }

  /** Which deployment a model's record belongs to, also when its number was given before. */
  String attemptOf(String subject) {
    String deployment = subject.substring(0, subject.lastIndexOf('~'));
    return Optional.ofNullable(contentOf.get(deployment)).orElse("nothing");
  }

  /** The models that a message says are ready; a topic does not name the simulator. */
  Optional<Set<String>> readyIn(String topic) {
    return Topic.parse(topic) instanceof Topic.ReadyForProcessing ready
        ? Optional.of(
            simulatorNames.stream()
                .map(name ->
                    new SimulationKey(name, ready.simulationId().value()).id()
                        + "/"
                        + ready.modelId().value())
                .collect(Collectors.toSet()))
        : Optional.empty();
  }

  void acknowledged(String topic, byte[] payload) {
    if (!(Topic.parse(topic) instanceof Topic.DeployModels)) {
      return;
    }
    if (MessageType.DEPLOY_MODELS.decode(payload)
        instanceof Decoded.Message<DeployModels>(DeployModels request)) {
      String id = request.simulatorId();
      acknowledged.add(id);
      Records.require(
          accepted.contains(id) || refusable.contains(id),
          "acknowledged, but not in the records: %s",
          id);
    }
  }

  void checkAll() {
    for (String id : sent.keySet()) {
      Records.require(acknowledged.contains(id), "never dealt with: %s", id);
    }
  }
}
