package dev.tutti.backplane.docker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How to use a Docker Engine.
 *
 * @param host address of the engine, {@code unix:///var/run/docker.sock} or {@code tcp://…}
 * @param instance what tells our containers from those of another Tutti on the same engine; the
 *     same at each start of one data folder
 * @param network name of the network that containers are in; empty for one of our own
 * @param subnet addresses of our network, such as {@code 172.30.0.0/16}; empty for those that the
 *     engine chooses
 * @param outputBytes how much of each container's output the engine keeps; the oldest goes first
 * @param answerWithin how long the engine may take for a call that does not wait for a container
 * @param registries folder with {@code config.json}, as {@code DOCKER_CONFIG} names it: what to
 *     show registries
 * @param pullWithin how long an image may take to come, or to be built
 */
public record DockerSettings(
    String host,
    String instance,
    String network,
    String subnet,
    long outputBytes,
    Duration answerWithin,
    Duration pullWithin,
    Path registries) {

  /** Where an engine of this machine usually listens. */
  public static final String SOCKET = "unix:///var/run/docker.sock";

  private static final Pattern INSTANCE = Pattern.compile("[a-z0-9]{1,16}");

  public DockerSettings {
    if (!INSTANCE.matcher(instance).matches()) {
      throw new IllegalArgumentException(
          "an instance is named by 1 to 16 of a-z and 0-9, not '%s'".formatted(instance));
    }
  }

  /** The engine of this machine, with a network of our own. */
  public static DockerSettings local(String instance) {
    return new DockerSettings(
        SOCKET,
        instance,
        "",
        "",
        16 << 20,
        Duration.ofSeconds(30),
        Duration.ofMinutes(10),
        Path.of(System.getProperty("user.home"), ".docker"));
  }

  public DockerSettings onHost(String otherHost) {
    return new DockerSettings(
        otherHost, instance, network, subnet, outputBytes, answerWithin, pullWithin, registries);
  }

  public DockerSettings inNetwork(String otherNetwork, String otherSubnet) {
    return new DockerSettings(
        host,
        instance,
        otherNetwork,
        otherSubnet,
        outputBytes,
        answerWithin,
        pullWithin,
        registries);
  }

  public DockerSettings withRegistries(Path folder) {
    return new DockerSettings(
        host, instance, network, subnet, outputBytes, answerWithin, pullWithin, folder);
  }

  /** The name of our network, and the end of the names of our containers. */
  String mark() {
    return "tutti-" + instance;
  }
}
