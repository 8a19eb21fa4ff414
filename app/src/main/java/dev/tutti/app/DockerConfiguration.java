package dev.tutti.app;

import dev.tutti.backplane.docker.DockerSettings;

/**
 * Which Docker Engine runs workloads, and how they are connected.
 *
 * @param host address of the engine, as {@code DOCKER_HOST} has it
 * @param network a network that exists and that containers are to be in; empty for one of our own
 * @param subnet addresses of our own network; empty for those that the engine chooses
 */
record DockerConfiguration(String host, String network, String subnet) {

  static DockerConfiguration read(Environment environment) {
    return new DockerConfiguration(
        environment
            .find("DOCKER_HOST")
            .filter(host -> !host.isBlank())
            .orElse(DockerSettings.SOCKET),
        environment.get("TUTTI_DOCKER_NETWORK", "").strip(),
        environment.get("TUTTI_DOCKER_SUBNET", "").strip());
  }

  /** For what of ours has this mark on the engine. */
  DockerSettings settings(String mark) {
    return DockerSettings.local(mark).onHost(host).inNetwork(network, subnet);
  }
}
