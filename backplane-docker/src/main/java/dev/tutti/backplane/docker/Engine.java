package dev.tutti.backplane.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.tutti.core.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;

/**
 * Calls to the Engine API. Those that answer at once have a time limit; those that last as long as
 * a container does have none.
 */
final class Engine implements AutoCloseable {

  private static final int CONNECTIONS = 256;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final DockerClient calls;
  private final DockerClient streams;
  private final String host;

  Engine(DockerSettings settings) {
    this(
        settings.host(),
        client(settings.host(), settings.answerWithin()),
        client(settings.host(), Duration.ZERO));
  }

  private Engine(String host, DockerHttpClient calls, DockerHttpClient streams) {
    this.host = host;
    // The version is negotiated by not naming one: engines then speak their own.
    DefaultDockerClientConfig configuration =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(host)
            .withDockerTlsVerify(false)
            .build();
    this.calls = DockerClientImpl.getInstance(configuration, calls);
    this.streams = DockerClientImpl.getInstance(configuration, streams);
  }

  private static DockerHttpClient client(String host, Duration answerWithin) {
    return new ZerodepDockerHttpClient.Builder()
        .dockerHost(java.net.URI.create(host))
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

  private <T> T asked(DockerClient client, Function<DockerClient, T> call) {
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

  private static String deepest(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  @Override
  public void close() {
    for (DockerClient client : java.util.List.of(calls, streams)) {
      try {
        client.close();
      } catch (IOException ignored) {
        // Its connections end with it either way.
      }
    }
  }
}
