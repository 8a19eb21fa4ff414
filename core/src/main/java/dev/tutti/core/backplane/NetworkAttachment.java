package dev.tutti.core.backplane;

import java.util.List;

/**
 * A workload's place in a network.
 *
 * @param aliases names by which others of the network reach it
 */
public record NetworkAttachment(ObjectName network, List<ObjectName> aliases) {

  public NetworkAttachment {
    aliases = List.copyOf(aliases);
  }
}
