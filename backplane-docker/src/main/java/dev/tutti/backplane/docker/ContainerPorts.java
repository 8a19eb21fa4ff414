package dev.tutti.backplane.docker;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.NetworkSettings;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import dev.tutti.core.backplane.Port;
import dev.tutti.core.backplane.PublishedPort;
import dev.tutti.core.backplane.PublishedPorts;
import dev.tutti.core.backplane.WorkloadId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ports in an engine's words and in ours. */
final class ContainerPorts implements PublishedPorts {

  private final ContainerCalls containers;

  ContainerPorts(ContainerCalls containers) {
    this.containers = containers;
  }

  @Override
  public List<PublishedPort> of(WorkloadId id) {
    NetworkSettings settings = containers.require(id).getNetworkSettings();
    List<PublishedPort> published = new ArrayList<>();
    if (settings != null && settings.getPorts() != null) {
      for (Map.Entry<ExposedPort, Ports.Binding[]> bound :
          settings.getPorts().getBindings().entrySet()) {
        of(bound.getKey())
            .ifPresent(inside ->
                bindings(bound.getValue())
                    .map(at ->
                        new PublishedPort(
                            inside, at.getHostIp(), Integer.parseInt(at.getHostPortSpec())))
                    .forEach(published::add));
      }
    }
    return List.copyOf(published);
  }

  private static Stream<Ports.Binding> bindings(Ports.Binding @Nullable [] bound) {
    return bound == null ? Stream.empty() : Arrays.stream(bound);
  }

  /** Empty for a protocol that workloads have no ports of. */
  static Optional<Port> of(ExposedPort exposed) {
    String protocol = exposed.getProtocol().name().toUpperCase(Locale.ROOT);
    return Arrays.stream(Port.Protocol.values())
        .filter(known -> known.name().equals(protocol))
        .map(known -> new Port(exposed.getPort(), known))
        .findFirst();
  }

  static ExposedPort exposed(Port port) {
    return new ExposedPort(
        port.number(),
        switch (port.protocol()) {
          case TCP -> InternetProtocol.TCP;
          case UDP -> InternetProtocol.UDP;
        });
  }

  /** How an engine is asked to publish it. */
  static PortBinding binding(PublishedPort asked) {
    Ports.Binding outside =
        asked.outside() == 0
            ? Ports.Binding.bindIp(asked.address())
            : Ports.Binding.bindIpAndPort(asked.address(), asked.outside());
    return new PortBinding(outside, exposed(asked.inside()));
  }
}
