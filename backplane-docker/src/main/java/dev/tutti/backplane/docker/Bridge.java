package dev.tutti.backplane.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import dev.tutti.core.Failure;
import java.util.List;

/**
 * The network of our containers. Its gateway is this machine: who listens there is reached by them
 * and by nobody outside.
 */
final class Bridge {

  private final Engine engine;
  private final Marks marks;
  private final String name;

  Bridge(Engine engine, Marks marks, String name) {
    this.engine = engine;
    this.marks = marks;
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Makes it if it is not there, and gives the address of its gateway. */
  String gateway() {
    Network network = find();
    List<Network.Ipam.Config> configurations = network.getIpam().getConfig();
    if (configurations == null
        || configurations.isEmpty()
        || configurations.getFirst().getGateway() == null) {
      throw new Failure.Unavailable(
          "The Docker network '%s' has no gateway. Remove it: it is made anew.".formatted(name));
    }
    return configurations.getFirst().getGateway();
  }

  private Network find() {
    try {
      return inspect();
    } catch (NotFoundException absent) {
      create();
      return inspect();
    }
  }

  private Network inspect() {
    return engine.call(client -> client.inspectNetworkCmd().withNetworkId(name).exec());
  }

  private void create() {
    try {
      engine.call(client ->
          client
              .createNetworkCmd()
              .withName(name)
              .withDriver("bridge")
              .withCheckDuplicate(true)
              .withLabels(marks.labels())
              .exec());
    } catch (ConflictException another) {
      // Somebody made it between our look and our making.
    }
  }
}
