package dev.tutti.backplane.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Command;
import dev.tutti.core.backplane.Executed;
import dev.tutti.core.backplane.Execution;
import dev.tutti.core.backplane.NotRunning;
import dev.tutti.core.backplane.SaidBytes;
import dev.tutti.core.backplane.WorkloadId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Commands in containers. An engine has no way to end one: those whose time is over are killed by
 * another command, which knows them by a variable that they and all they started have.
 */
final class ContainerExecution implements Execution {

  private static final String MARK = "TUTTI_COMMAND";

  /** Needs a shell and cat in the image; NUL characters between variables are left out by it. */
  private static final String KILL =
      """
      for process in /proc/[0-9]*; do
        case "$(cat "$process/environ" 2>/dev/null)" in
          *%s="$1"*) kill -9 "${process#/proc/}" ;;
        esac
      done
      """
          .formatted(MARK);

  private static final Duration TO_KILL = Duration.ofSeconds(5);
  private static final Duration TO_END = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Engine engine;
  private final ContainerCalls containers;

  ContainerExecution(Engine engine, ContainerCalls containers) {
    this.engine = engine;
    this.containers = containers;
  }

  @Override
  public Executed run(WorkloadId id, Command command) {
    String container = containers.requireRunning(id).getId();
    try {
      return run(id, container, command);
    } catch (NotFoundException gone) {
      throw new Failure.NotFound("workload", id.value());
    } catch (ConflictException ended) {
      throw NotRunning.failure(id);
    } catch (DockerException trouble) {
      throw new Failure.Unavailable(
          "The command could not be run in container %s: %s".formatted(id, Engine.said(trouble)),
          trouble);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Failure.Unavailable(
          "Interrupted while a command ran in container %s.".formatted(id), interrupted);
    }
  }

  private Executed run(WorkloadId id, String container, Command command)
      throws InterruptedException {
    String mark = UUID.randomUUID().toString();
    String execution = create(container, command.arguments(), List.of(MARK + "=" + mark));
    try (Listening listening = new Listening(command.outputBytes())) {
      engine.stream(client -> client.execStartCmd(execution).exec(listening));
      boolean ended = listening.awaitCompletion(command.within().toMillis(), TimeUnit.MILLISECONDS);
      Executed.End end = ended ? ended(id, execution) : kill(container, execution, mark);
      return new Executed(end, listening.output.text(), listening.errors.text());
    } catch (IOException closing) {
      throw new Failure.Unavailable(
          "The output of a command in container %s broke off.".formatted(id), closing);
    }
  }

  private String create(String container, List<String> arguments, List<String> variables) {
    return engine
        .call(client ->
            client
                .execCreateCmd(container)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withEnv(variables)
                .withCmd(arguments.toArray(String[]::new))
                .exec())
        .getId();
  }

  /** Its output may end a moment before the engine knows its code. */
  private Executed.End ended(WorkloadId id, String execution) throws InterruptedException {
    InspectExecResponse seen = awaited(execution);
    Long code = seen.getExitCodeLong();
    if (Boolean.TRUE.equals(seen.isRunning()) || code == null) {
      throw new Failure.OutcomeUnknown(
          "The command in container %s closed its output, and the engine does not tell how it ended."
              .formatted(id));
    }
    return new Executed.Exited(code.intValue());
  }

  private InspectExecResponse awaited(String execution) throws InterruptedException {
    long deadline = System.nanoTime() + TO_END.toNanos();
    while (true) {
      InspectExecResponse seen = engine.call(client -> client.inspectExecCmd(execution).exec());
      if (!Boolean.TRUE.equals(seen.isRunning()) || System.nanoTime() > deadline) {
        return seen;
      }
      Thread.sleep(PAUSE);
    }
  }

  private Executed.End kill(String container, String execution, String mark)
      throws InterruptedException {
    String killer = create(container, List.of("/bin/sh", "-c", KILL, "sh", mark), List.of());
    try (Listening listening = new Listening(0)) {
      engine.stream(client -> client.execStartCmd(killer).exec(listening));
      boolean _ = listening.awaitCompletion(TO_KILL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException closing) {
      // What it did is looked at below.
    }
    return new Executed.TimedOut(Boolean.TRUE.equals(awaited(execution).isRunning()));
  }

  /** What one command says. */
  private static final class Listening extends ResultCallback.Adapter<Frame> {

    private final SaidBytes output;
    private final SaidBytes errors;

    Listening(int most) {
      output = new SaidBytes(most);
      errors = new SaidBytes(most);
    }

    @Override
    public void onNext(Frame frame) {
      byte[] payload = frame.getPayload();
      (frame.getStreamType() == StreamType.STDERR ? errors : output).add(payload, payload.length);
    }
  }
}
