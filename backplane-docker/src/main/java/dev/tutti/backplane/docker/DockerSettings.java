package dev.tutti.backplane.docker;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How to use a Docker Engine.
 *
 * @param host address of the engine, {@code unix:///var/run/docker.sock} or {@code tcp://…}
 * @param instance what tells our containers from those of another Tutti on the same engine; the
 *     same at each start of one data folder
 * @param outputBytes how much of each container's output the engine keeps; the oldest goes first
 * @param answerWithin how long the engine may take for a call that does not wait for a container
 * @param pullWithin how long an image may take to come
 */
public record DockerSettings(
    String host, String instance, long outputBytes, Duration answerWithin, Duration pullWithin) {

  private static final Pattern INSTANCE = Pattern.compile("[a-z0-9]{1,16}");
  private static final String SOCKET = "unix:///var/run/docker.sock";

  public DockerSettings {
    if (!INSTANCE.matcher(instance).matches()) {
      throw new IllegalArgumentException(
          "an instance is named by 1 to 16 of a-z and 0-9, not '%s'".formatted(instance));
    }
  }

  /** The engine of this machine. */
  public static DockerSettings local(String instance) {
    return new DockerSettings(
        SOCKET, instance, 16 << 20, Duration.ofSeconds(30), Duration.ofMinutes(10));
  }

  public DockerSettings onHost(String otherHost) {
    return new DockerSettings(otherHost, instance, outputBytes, answerWithin, pullWithin);
  }

  /** The name of our network, and the end of the names of our containers. */
  String mark() {
    return "tutti-" + instance;
  }
}
