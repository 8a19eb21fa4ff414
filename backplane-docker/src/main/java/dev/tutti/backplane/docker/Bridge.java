package dev.tutti.backplane.docker;

import com.github.dockerjava.api.command.CreateNetworkCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network of our containers. Its gateway is this machine: who listens there is reached by them
 * and by nobody outside.
 */
final class Bridge {

  private static final String INTERFACE_NAME = "com.docker.network.bridge.name";
  private static final int INTERFACE_ID = 12;

  private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

  /**
   * Addresses of a network.
   *
   * @param subnet all of them, such as {@code 172.30.0.0/16}
   * @param gateway that of this machine
   */
  record Addresses(String subnet, String gateway) {

    private Network.Ipam ipam() {
      return new Network.Ipam()
          .withConfig(new Network.Ipam.Config().withSubnet(subnet).withGateway(gateway));
    }
  }

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
   * Its addresses. Ours is made when it is not there; one that was named has to be.
   *
   * @throws Failure.Rejected when there is a network of this name that cannot be used
   */
  Addresses addresses() {
    Network network = find();
    Network.Ipam.Config addresses =
        ipv4(network)
            .orElseThrow(() ->
                refused(
                    "The Docker network '%s' has no gateway, by which containers would reach this machine."
                        .formatted(name)));
    if (!subnet.isEmpty() && !subnet.equals(addresses.getSubnet())) {
      throw refused(
          "The Docker network '%s' has the addresses %s, not %s."
              .formatted(name, addresses.getSubnet(), subnet));
    }
    String gateway =
        told(addresses)
            .or(() -> ofInterface(network))
            .or(() -> firstOf(addresses))
            .orElseThrow(() ->
                refused(
                    "The Docker Engine does not tell the gateway of the network '%s', by which containers reach this machine."
                        .formatted(name)));
    return new Addresses(addresses.getSubnet(), gateway);
  }

  /**
   * Makes ours again when somebody has removed it, with the addresses at which we listen: an engine
   * that is told to prune removes a network in which nothing runs.
   *
   * @return whether it is there now
   */
  synchronized boolean restore(Addresses before) {
    try {
      inspect();
      return true;
    } catch (NotFoundException removed) {
      if (!named) {
        LOG.warn("The Docker network '{}' was removed; it is made again", name);
        create(Optional.of(before));
      }
      return !named;
    }
  }

  private static Optional<Network.Ipam.Config> ipv4(Network network) {
    return Stream.ofNullable(network.getIpam().getConfig())
        .flatMap(List::stream)
        .filter(addresses -> addresses.getSubnet() != null && !addresses.getSubnet().contains(":"))
        .findFirst();
  }

  private static Optional<String> told(Network.Ipam.Config addresses) {
    return Optional.ofNullable(addresses.getGateway()).filter(gateway -> !gateway.isEmpty());
  }

  /** An engine may tell the gateway only of a network that was made with one, or with nothing. */
  private static Optional<String> ofInterface(Network network) {
    Map<String, String> options = Optional.ofNullable(network.getOptions()).orElse(Map.of());
    String usual = "br-" + network.getId().substring(0, INTERFACE_ID);
    try {
      return Stream.ofNullable(
              NetworkInterface.getByName(options.getOrDefault(INTERFACE_NAME, usual)))
          .flatMap(NetworkInterface::inetAddresses)
          .filter(Inet4Address.class::isInstance)
          .map(InetAddress::getHostAddress)
          .findFirst();
    } catch (SocketException unreadable) {
      return Optional.empty();
    }
  }

  /** What the engine chooses when it is left the choice among all. */
  private Optional<String> firstOf(Network.Ipam.Config addresses) {
    return addresses.getIpRange() == null
        ? Optional.of(firstAddress(addresses.getSubnet()))
        : Optional.empty();
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
      create(
          subnet.isEmpty()
              ? Optional.empty()
              : Optional.of(new Addresses(subnet, firstAddress(subnet))));
      return inspect();
    }
  }

  private Network inspect() {
    return engine.call(client -> client.inspectNetworkCmd().withNetworkId(name).exec());
  }

  private void create(Optional<Addresses> wanted) {
    try {
      engine.call(client -> {
        CreateNetworkCmd create =
            client
                .createNetworkCmd()
                .withName(name)
                .withDriver("bridge")
                .withCheckDuplicate(true)
                .withLabels(marks.labels());
        wanted.ifPresent(addresses -> create.withIpam(addresses.ipam()));
        return create.exec();
      });
    } catch (ConflictException another) {
      // Somebody made it between our look and our making.
    } catch (DockerException refused) {
      throw refused(
          "The Docker network '%s' cannot be made: %s.".formatted(name, Engine.said(refused)));
    }
  }

  private String firstAddress(String of) {
    String network = of.substring(0, Math.max(0, of.indexOf('/')));
    int last = network.lastIndexOf('.') + 1;
    try {
      return network.substring(0, last) + (Integer.parseInt(network.substring(last)) + 1);
    } catch (NumberFormatException none) {
      throw refused(
          "'%s' in TUTTI_DOCKER_SUBNET is no subnet such as 172.30.0.0/16.".formatted(of));
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
