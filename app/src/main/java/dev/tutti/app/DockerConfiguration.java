package dev.tutti.app;

import dev.tutti.app.settings.Values;
import dev.tutti.backplane.docker.DockerSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which Docker Engine runs workloads, and how they are connected.
 *
 * @param host address of the engine, as {@code DOCKER_HOST} has it
 * @param network a network that exists and that containers are to be in; empty for one of our own
 * @param subnet addresses of our own network; empty for those that the engine chooses
 * @param registries folder with the credentials for registries
 */
record DockerConfiguration(String host, String network, String subnet, Path registries) {

  static final String PROCESS = "process";
  static final String DOCKER = "docker";

  /** Empty when workloads are processes. */
  static Optional<DockerConfiguration> of(Values values) {
    return values.get(ServerSettings.BACKPLANE).equals(DOCKER)
        ? Optional.of(engine(values))
        : Optional.empty();
  }

  /** The engine, whatever workloads are. */
  static DockerConfiguration engine(Values values) {
    return new DockerConfiguration(
        values.get(ServerSettings.DOCKER_HOST),
        values.get(ServerSettings.DOCKER_NETWORK),
        values.get(ServerSettings.DOCKER_SUBNET),
        values.get(ServerSettings.DOCKER_CONFIG));
  }

  /** For what of ours has this mark on the engine. */
  DockerSettings settings(String mark) {
    return DockerSettings.local(mark)
        .onHost(host)
        .inNetwork(network, subnet)
        .withRegistries(registries);
  }
}
