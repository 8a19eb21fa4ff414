package dev.tutti.backplane.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Calls to the Engine API. Those that answer at once have a time limit; those that last as long as
 * a container does have none.
 */
final class Engine implements AutoCloseable {

  private static final int CONNECTIONS = 256;
  private static final int OLDEST_MAJOR = 1;
  private static final int OLDEST_MINOR = 41;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final PlainQuestion plain;
  private final DockerClient calls;
  private final DockerClient streams;
  private final String host;
  private final RegistryCredentials credentials;
  private final LongAdder made = new LongAdder();

  Engine(DockerSettings settings) {
    this(
        settings.host(),
        settings.answerWithin(),
        settings.registries(),
        client(settings.host(), settings.answerWithin()),
        client(settings.host(), Duration.ZERO));
  }

  private Engine(
      String host,
      Duration answerWithin,
      Path registries,
      DockerHttpClient calls,
      DockerHttpClient streams) {
    this.host = host;
    this.credentials = new RegistryCredentials(registries);
    // The version is negotiated by not naming one: engines then speak their own.
    DefaultDockerClientConfig configuration =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(host)
            .withDockerTlsVerify(false)
            .withDockerConfig(registries.toString())
            .build();
    this.plain = new PlainQuestion(host, answerWithin);
    this.calls = DockerClientImpl.getInstance(configuration, calls);
    this.streams = DockerClientImpl.getInstance(configuration, streams);
  }

  private static DockerHttpClient client(String host, Duration answerWithin) {
    return new ZerodepDockerHttpClient.Builder()
        .dockerHost(URI.create(host))
        .maxConnections(CONNECTIONS)
        .connectionTimeout(CONNECT)
        .responseTimeout(answerWithin)
        .build();
  }

  /**
   * Makes a call.
   *
   * @throws DockerException what the engine answered, when that is about the call
   * @throws Failure.Unavailable when it did not answer, or is in trouble itself
   */
  <T> T call(Function<DockerClient, T> call) {
    return asked(calls, call);
  }

  /** Like {@link #call}, for what waits. */
  <T> T stream(Function<DockerClient, T> call) {
    return asked(streams, call);
  }

  /**
   * Asks for what the client has no words for.
   *
   * @param path with its query, without a version
   * @return the body of the answer
   * @throws DockerException when the engine answered with anything but 200
   * @throws Failure.Unavailable when it did not answer
   */
  byte[] get(String path) {
    return asked(
        calls,
        _ -> {
          try {
            return plain.get(path);
          } catch (IOException broken) {
            throw new UncheckedIOException(broken);
          }
        });
  }

  /** How many calls were made. */
  long made() {
    return made.sum();
  }

  private <T> T asked(DockerClient client, Function<DockerClient, T> call) {
    made.increment();
    try {
      return call.apply(client);
    } catch (DockerException answered) {
      throw answered;
    } catch (RuntimeException failed) {
      throw new Failure.Unavailable(
          "The Docker Engine at %s does not answer (%s). Is it running, and may this user use it?"
              .formatted(host, deepest(failed)),
          failed);
    }
  }

  String host() {
    return host;
  }

  /** What it is to show registries. */
  RegistryCredentials credentials() {
    return credentials;
  }

  /**
   * Refuses engines that are too old.
   *
   * @throws Failure.Rejected when it speaks no API that we know
   */
  void requireUsable() {
    String version = call(client -> client.versionCmd().exec()).getApiVersion();
    String[] parts = version.split("\\.", -1);
    if (Integer.parseInt(parts[0]) == OLDEST_MAJOR && Integer.parseInt(parts[1]) < OLDEST_MINOR) {
      throw new Failure.Rejected(
          Problem.of(
                  "engine-too-old",
                  409,
                  "The Docker Engine at %s speaks API %s, and %d.%d is the oldest that will do."
                      .formatted(host, version, OLDEST_MAJOR, OLDEST_MINOR))
              .suggesting("Install Docker Engine 20.10 or newer."));
    }
  }

  /** What an engine said about a call, in one line. */
  static String said(Exception trouble) {
    return String.valueOf(trouble.getMessage()).lines().findFirst().orElse("").strip();
  }

  private static String deepest(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  @Override
  public void close() {
    for (DockerClient client : List.of(calls, streams)) {
      try {
        client.close();
      } catch (IOException ignored) {
        // Its connections end with it either way.
      }
    }
  }
}
