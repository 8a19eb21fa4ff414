package dev.tutti.core.backplane;

import java.util.List;

/**
 * What a workload shares with others from its start.
 *
 * @param ports that are reached at addresses of the machine
 * @param volumes that it sees among its files
 * @param networks that it is in, instead of the one that all others are in; empty for that one
 */
public record Attachments(
    List<PublishedPort> ports, List<VolumeMount> volumes, List<NetworkAttachment> networks) {

  private static final Attachments NONE = new Attachments(List.of(), List.of(), List.of());

  public Attachments {
    ports = List.copyOf(ports);
    volumes = List.copyOf(volumes);
    networks = List.copyOf(networks);
  }

  public static Attachments none() {
    return NONE;
  }

  public static Attachments ofPorts(PublishedPort... ports) {
    return new Attachments(List.of(ports), List.of(), List.of());
  }

  public static Attachments ofVolumes(VolumeMount... volumes) {
    return new Attachments(List.of(), List.of(volumes), List.of());
  }

  public static Attachments ofNetworks(NetworkAttachment... networks) {
    return new Attachments(List.of(), List.of(), List.of(networks));
  }
}
