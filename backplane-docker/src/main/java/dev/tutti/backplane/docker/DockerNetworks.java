package dev.tutti.backplane.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Network;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.backplane.NetworkAttachment;
import dev.tutti.core.backplane.NetworkFacts;
import dev.tutti.core.backplane.Networks;
import dev.tutti.core.backplane.ObjectName;
import dev.tutti.core.backplane.WorkloadId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Networks of an engine that carry our label, named as we call them with the mark of this server.
 */
final class DockerNetworks implements Networks {

  private final Engine engine;
  private final Marks marks;
  private final ContainerCalls containers;

  DockerNetworks(Engine engine, Marks marks, ContainerCalls containers) {
    this.engine = engine;
    this.marks = marks;
    this.containers = containers;
  }

  @Override
  public void create(NetworkFacts network) {
    try {
      engine.call(client ->
          client
              .createNetworkCmd()
              .withName(marks.objectName(network.name()))
              .withDriver("bridge")
              .withCheckDuplicate(true)
              .withInternal(network.internal())
              .withLabels(marks.ofNetwork(network.name(), network.labels()))
              .exec());
    } catch (ConflictException exists) {
      if (!find(network.name()).equals(Optional.of(network))) {
        throw Taken.by("network", network.name());
      }
    } catch (DockerException trouble) {
      throw unavailable("make the network", network.name(), trouble);
    }
  }

  @Override
  public List<NetworkFacts> list() {
    try {
      return engine
          .call(client -> client.listNetworksCmd().withFilter("label", marks.filter()).exec())
          .stream()
          .flatMap(network -> facts(network).stream())
          .sorted(Comparator.comparing(NetworkFacts::name))
          .toList();
    } catch (DockerException trouble) {
      throw new Failure.Unavailable(
          "The Docker Engine could not list networks: " + Engine.said(trouble), trouble);
    }
  }

  /** Empty when there is none, or one of somebody else. */
  Optional<NetworkFacts> find(ObjectName name) {
    try {
      return facts(
          engine.call(
              client -> client.inspectNetworkCmd().withNetworkId(marks.objectName(name)).exec()));
    } catch (NotFoundException absent) {
      return Optional.empty();
    } catch (DockerException trouble) {
      throw unavailable("look at the network", name, trouble);
    }
  }

  private Optional<NetworkFacts> facts(Network network) {
    Map<String, String> labels = network.getLabels() == null ? Map.of() : network.getLabels();
    return marks
        .network(labels)
        .map(name ->
            new NetworkFacts(
                name, Boolean.TRUE.equals(network.getInternal()), marks.asked(labels)));
  }

  @Override
  public void remove(ObjectName network) {
    if (find(network).isEmpty()) {
      return;
    }
    try {
      engine.call(client -> client.removeNetworkCmd(marks.objectName(network)).exec());
    } catch (NotFoundException gone) {
      // That is what was asked for.
    } catch (DockerException refused) {
      throw new Failure.Rejected(
          Problem.of(
                  "network-used",
                  409,
                  "The network '%s' could not be removed: %s."
                      .formatted(network, Engine.said(refused)))
              .suggesting("Remove it once no workload is in it."));
    }
  }

  @Override
  public void attach(WorkloadId id, NetworkAttachment attachment) {
    InspectContainerResponse container = containers.require(id);
    require(attachment.network());
    if (!isIn(container, attachment.network())) {
      connect(container.getId(), attachment);
    }
  }

  private void connect(String container, NetworkAttachment attachment) {
    try {
      engine.call(client ->
          client
              .connectToNetworkCmd()
              .withContainerId(container)
              .withNetworkId(marks.objectName(attachment.network()))
              .withContainerNetwork(new ContainerNetwork().withAliases(aliases(attachment)))
              .exec());
    } catch (DockerException trouble) {
      throw unavailable("attach a workload to the network", attachment.network(), trouble);
    }
  }

  static List<String> aliases(NetworkAttachment attachment) {
    return attachment.aliases().stream().map(ObjectName::value).toList();
  }

  @Override
  public void detach(WorkloadId id, ObjectName network) {
    InspectContainerResponse container = containers.require(id);
    require(network);
    if (!isIn(container, network)) {
      return;
    }
    try {
      engine.call(client ->
          client
              .disconnectFromNetworkCmd()
              .withContainerId(container.getId())
              .withNetworkId(marks.objectName(network))
              .exec());
    } catch (DockerException trouble) {
      throw unavailable("detach a workload from the network", network, trouble);
    }
  }

  private void require(ObjectName network) {
    if (find(network).isEmpty()) {
      throw new Failure.NotFound("network", network.value());
    }
  }

  private boolean isIn(InspectContainerResponse container, ObjectName network) {
    var settings = container.getNetworkSettings();
    return settings != null
        && settings.getNetworks() != null
        && settings.getNetworks().containsKey(marks.objectName(network));
  }

  private static Failure.Unavailable unavailable(
      String what, ObjectName name, DockerException trouble) {
    return new Failure.Unavailable(
        "The Docker Engine could not %s '%s': %s".formatted(what, name, Engine.said(trouble)),
        trouble);
  }
}
