package dev.tutti.backplane.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.tutti.core.backplane.WorkloadId;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The calls that concern one container, or the list of ours. */
final class ContainerCalls {

  private static final int LOG_FILES = 2;
  private static final long SECOND = 1_000;

  private final Engine engine;
  private final Marks marks;
  private final HostConfig template;

  ContainerCalls(
      Engine engine, Marks marks, String network, String gateway, DockerSettings settings) {
    this.engine = engine;
    this.marks = marks;
    this.template =
        HostConfig.newHostConfig()
            .withNetworkMode(network)
            .withExtraHosts("host.docker.internal:" + gateway)
            .withRestartPolicy(RestartPolicy.noRestart())
            .withSecurityOpts(List.of("no-new-privileges"))
            // Reaps, and gives programs that are the first of their container the usual signals.
            .withInit(true)
            // It keeps text, not bytes that are none; the driver 'local' loses empty lines.
            .withLogConfig(
                new LogConfig(
                    LogConfig.LoggingType.JSON_FILE,
                    Map.of(
                        "max-size",
                        settings.outputBytes() / LOG_FILES + "b",
                        "max-file",
                        String.valueOf(LOG_FILES))));
  }

  /** All of ours, running or not; one call. */
  List<Container> all() {
    return engine.call(client ->
        client.listContainersCmd().withShowAll(true).withLabelFilter(marks.filter()).exec());
  }

  void create(ContainerRequest request) {
    WorkloadId id = request.spec().id();
    engine.call(client ->
        client
            .createContainerCmd(request.spec().image())
            .withName(marks.containerName(id))
            .withEnv(request.environment())
            .withLabels(marks.labels(id, request.spec().labels()))
            .withHostConfig(template)
            .exec());
  }

  void start(WorkloadId id) {
    engine.call(client -> client.startContainerCmd(marks.containerName(id)).exec());
  }

  InspectContainerResponse inspect(WorkloadId id) {
    return engine.call(client -> client.inspectContainerCmd(marks.containerName(id)).exec());
  }

  /** Returns when it has ended. The engine counts in seconds: the grace is rounded up. */
  void stop(WorkloadId id, Duration grace) {
    int seconds = Math.toIntExact((grace.toMillis() + SECOND - 1) / SECOND);
    try {
      engine.stream(
          client -> client.stopContainerCmd(marks.containerName(id)).withTimeout(seconds).exec());
    } catch (NotModifiedException ended) {
      // It had ended, or was never started.
    }
  }

  /** Removes it with the volumes that only it had; one that is gone is no error. */
  void remove(WorkloadId id) {
    try {
      engine.call(client ->
          client
              .removeContainerCmd(marks.containerName(id))
              .withForce(true)
              .withRemoveVolumes(true)
              .exec());
    } catch (NotFoundException gone) {
      // That is what was asked for.
    }
  }

  /**
   * @param over whether it has ended, so that nothing more is to be followed
   */
  InputStream output(WorkloadId id, boolean follow, BooleanSupplier over) {
    ContainerOutput output = new ContainerOutput(() -> follow && over.getAsBoolean());
    engine.stream(client ->
        client
            .logContainerCmd(marks.containerName(id))
            .withStdOut(true)
            .withStdErr(true)
            .withFollowStream(follow)
            .withTailAll()
            .exec(output.receiver()));
    return output;
  }
}
