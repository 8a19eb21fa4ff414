package dev.tutti.backplane.docker;

import com.github.dockerjava.api.command.CreateNetworkCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import java.util.List;
import java.util.Map;

/**
 * The network of our containers. Its gateway is this machine: who listens there is reached by them
 * and by nobody outside.
 */
final class Bridge {

  private final Engine engine;
  private final Marks marks;
  private final String name;
  private final boolean named;
  private final String subnet;

  Bridge(Engine engine, Marks marks, DockerSettings settings) {
    this.engine = engine;
    this.marks = marks;
    this.named = !settings.network().isEmpty();
    this.name = named ? settings.network() : settings.mark();
    this.subnet = settings.subnet();
  }

  String name() {
    return name;
  }

  /**
   * Gives the address of its gateway. Ours is made when it is not there; one that was named has to
   * be.
   *
   * @throws Failure.Rejected when there is a network of this name that cannot be used
   */
  String gateway() {
    Network network = find();
    List<Network.Ipam.Config> configurations = network.getIpam().getConfig();
    if (configurations == null
        || configurations.isEmpty()
        || configurations.getFirst().getGateway() == null) {
      throw refused(
          "The Docker network '%s' has no gateway, by which containers would reach this machine."
              .formatted(name));
    }
    Network.Ipam.Config addresses = configurations.getFirst();
    if (!subnet.isEmpty() && !subnet.equals(addresses.getSubnet())) {
      throw refused(
          "The Docker network '%s' has the addresses %s, not %s."
              .formatted(name, addresses.getSubnet(), subnet));
    }
    return addresses.getGateway();
  }

  private Failure.Rejected refused(String detail) {
    return new Failure.Rejected(
        Problem.of("network-unusable", 409, detail)
            .suggesting(
                "Remove it once nothing uses it (docker network rm %s), or name another in TUTTI_DOCKER_NETWORK."
                    .formatted(name)));
  }

  private Network find() {
    try {
      return inspect();
    } catch (NotFoundException absent) {
      if (named) {
        throw new Failure.Rejected(
            Problem.of(
                    "no-such-network",
                    409,
                    "The Docker Engine has no network '%s', which TUTTI_DOCKER_NETWORK names."
                        .formatted(name))
                .suggesting(
                    "Make it (docker network create %s), or leave the variable away."
                        .formatted(name)));
      }
      create();
      return inspect();
    }
  }

  private Network inspect() {
    return engine.call(client -> client.inspectNetworkCmd().withNetworkId(name).exec());
  }

  private void create() {
    try {
      engine.call(client -> {
        CreateNetworkCmd create =
            client
                .createNetworkCmd()
                .withName(name)
                .withDriver("bridge")
                .withCheckDuplicate(true)
                .withLabels(marks.labels());
        return (subnet.isEmpty() ? create : create.withIpam(addresses())).exec();
      });
    } catch (ConflictException another) {
      // Somebody made it between our look and our making.
    } catch (DockerException refused) {
      throw refused(
          "The Docker network '%s' cannot be made: %s.".formatted(name, Engine.said(refused)));
    }
  }

  private Network.Ipam addresses() {
    return new Network.Ipam()
        .withConfig(new Network.Ipam.Config().withSubnet(subnet).withGateway(firstAddress()));
  }

  /** Of the subnet: the engine would choose it as well, but older ones do not tell then. */
  private String firstAddress() {
    String network = subnet.substring(0, Math.max(0, subnet.indexOf('/')));
    int last = network.lastIndexOf('.') + 1;
    try {
      return network.substring(0, last) + (Integer.parseInt(network.substring(last)) + 1);
    } catch (NumberFormatException none) {
      throw refused(
          "'%s' in TUTTI_DOCKER_SUBNET is no subnet such as 172.30.0.0/16.".formatted(subnet));
    }
  }

  /** Removes it if we made it; one that is gone is no error. */
  void remove() {
    try {
      Map<String, String> labels = inspect().getLabels();
      if (labels != null && labels.entrySet().containsAll(marks.labels().entrySet())) {
        engine.call(client -> client.removeNetworkCmd(name).exec());
      }
    } catch (NotFoundException gone) {
      // That is what was asked for.
    }
  }
}
