package dev.tutti.backplane.docker;

import com.github.dockerjava.api.command.UpdateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.backplane.Resizing;
import dev.tutti.core.backplane.Resources;
import dev.tutti.core.backplane.WorkloadId;

/** Limits of containers, changed while they run. */
final class ContainerLimits implements Resizing {

  private final Engine engine;
  private final ContainerCalls containers;

  ContainerLimits(Engine engine, ContainerCalls containers) {
    this.engine = engine;
    this.containers = containers;
  }

  @Override
  public void resize(WorkloadId id, Resources most) {
    String container = containers.requireRunning(id).getId();
    if (most.isUnlimited()) {
      return;
    }
    try {
      engine.call(client -> {
        UpdateContainerCmd update = client.updateContainerCmd(container);
        if (most.memory() > 0) {
          update.withMemory(most.memory()).withMemorySwap(most.memory());
        }
        if (most.milliCpus() > 0) {
          update.withNanoCPUs(Walls.nanoCpus(most));
        }
        return update.exec();
      });
    } catch (NotFoundException gone) {
      throw new Failure.NotFound("workload", id.value());
    } catch (DockerException refused) {
      // Engines answer 500 also when the kernel says that more memory is in use.
      throw new Failure.Rejected(
          Problem.of(
                  "limit-refused",
                  409,
                  "The limits of workload %s could not be changed: %s."
                      .formatted(id, Engine.said(refused)))
              .suggesting("Grant at least what it uses now: tutti workload usage " + id));
    }
  }
}
