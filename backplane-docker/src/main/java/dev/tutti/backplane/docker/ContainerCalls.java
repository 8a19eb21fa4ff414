package dev.tutti.backplane.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.LogContainerCmd;
import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Attachments;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.NotRunning;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadId;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** The calls that concern one container, or the list of ours. */
final class ContainerCalls {

  private static final long SECOND = 1_000;

  private final Engine engine;
  private final Marks marks;
  private final Walls walls;

  ContainerCalls(Engine engine, Marks marks, Walls walls) {
    this.engine = engine;
    this.marks = marks;
    this.walls = walls;
  }

  /** All of ours, running or not; one call. */
  List<Container> all() {
    return engine.call(client ->
        client.listContainersCmd().withShowAll(true).withLabelFilter(marks.filter()).exec());
  }

  /**
   * Makes it, without starting it.
   *
   * @throws StartRefused when the engine says that there can be no such container
   */
  void create(ContainerRequest request) {
    WorkloadId id = request.spec().id();
    HostConfig around = walls.around(request.spec());
    Attachments attached = request.spec().attached();
    try {
      engine.call(client -> {
        CreateContainerCmd create =
            client
                .createContainerCmd(request.spec().image())
                .withName(marks.containerName(id))
                .withEnv(request.environment())
                .withLabels(marks.labels(id, request.spec().labels()))
                .withExposedPorts(exposed(attached))
                .withHostConfig(around);
        attached.networks().stream()
            .findFirst()
            .ifPresent(first -> create.withAliases(DockerNetworks.aliases(first)));
        return create.exec();
      });
    } catch (BadRequestException refused) {
      throw new StartRefused(ExitCodes.START_FAILED, Engine.said(refused));
    }
  }

  private static List<ExposedPort> exposed(Attachments attached) {
    return attached.ports().stream().map(port -> ContainerPorts.exposed(port.inside())).toList();
  }

  void start(WorkloadId id) {
    engine.call(client -> client.startContainerCmd(marks.containerName(id)).exec());
  }

  /**
   * The engine's record of it.
   *
   * @throws NotFoundException when it has none of ours, whatever others have called theirs
   */
  InspectContainerResponse inspect(WorkloadId id) {
    InspectContainerResponse found = named(id);
    if (isOurs(id, found)) {
      return found;
    }
    throw new NotFoundException("Container %s is not ours".formatted(found.getName()));
  }

  /**
   * Like {@link #inspect}, for who asks for what has to be there.
   *
   * @throws Failure.NotFound when it is not
   */
  InspectContainerResponse require(WorkloadId id) {
    try {
      return inspect(id);
    } catch (NotFoundException absent) {
      throw new Failure.NotFound("workload", id.value());
    } catch (DockerException trouble) {
      throw new Failure.Unavailable(
          "Container %s cannot be inspected: %s".formatted(id, Engine.said(trouble)), trouble);
    }
  }

  /**
   * Like {@link #require}, for what only programs that run can do.
   *
   * @throws Failure.Rejected when it does not run
   */
  InspectContainerResponse requireRunning(WorkloadId id) {
    InspectContainerResponse found = require(id);
    if (!Boolean.TRUE.equals(found.getState().getRunning())) {
      throw NotRunning.failure(id);
    }
    return found;
  }

  /**
   * Sees to it that a container of this name is ours.
   *
   * @throws StartRefused when somebody else has made it
   */
  void requireOurs(WorkloadId id) {
    InspectContainerResponse found = named(id);
    if (!isOurs(id, found)) {
      throw new StartRefused(
          ExitCodes.START_FAILED,
          "the engine has a container '%s' that is not of this server; remove or rename that"
              .formatted(marks.containerName(id)));
    }
  }

  private InspectContainerResponse named(WorkloadId id) {
    return engine.call(client -> client.inspectContainerCmd(marks.containerName(id)).exec());
  }

  private boolean isOurs(WorkloadId id, InspectContainerResponse found) {
    Map<String, String> labels = found.getConfig().getLabels();
    return labels != null && marks.workload(labels).filter(id::equals).isPresent();
  }

  /** Whether it may use only so much memory; not when it is gone. */
  boolean isLimited(WorkloadId id) {
    try {
      HostConfig given = inspect(id).getHostConfig();
      return given != null && given.getMemory() != null && given.getMemory() > 0;
    } catch (NotFoundException gone) {
      return false;
    }
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

  /** What it has said until now, all of it. */
  InputStream output(WorkloadId id) {
    ContainerOutput output = new ContainerOutput(() -> false);
    ask(id, output, LogContainerCmd::withTailAll);
    return output;
  }

  /**
   * What it says from now on, after the last pieces of what it has said.
   *
   * @param pieces of at most 16 KiB, as the engine keeps long lines; less than 0 for all
   * @param over whether it has ended, so that nothing more is to be followed
   */
  InputStream follow(WorkloadId id, int pieces, BooleanSupplier over) {
    ContainerOutput output = new ContainerOutput(over);
    ask(
        id,
        output,
        command ->
            (pieces < 0 ? command.withTailAll() : command.withTail(pieces)).withFollowStream(true));
    return output;
  }

  private void ask(WorkloadId id, ContainerOutput output, UnaryOperator<LogContainerCmd> how) {
    engine.stream(client ->
        how.apply(client.logContainerCmd(marks.containerName(id)).withStdOut(true).withStdErr(true))
            .exec(output.receiver()));
  }
}
