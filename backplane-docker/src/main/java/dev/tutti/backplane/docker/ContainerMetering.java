package dev.tutti.backplane.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.MemoryStatsConfig;
import com.github.dockerjava.api.model.StatisticNetworksConfig;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.StatsConfig;
import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Metering;
import dev.tutti.core.backplane.NotRunning;
import dev.tutti.core.backplane.Usage;
import dev.tutti.core.backplane.WorkloadId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What containers use, as the engine reads it from their control groups. */
final class ContainerMetering implements Metering {

  /** Engines look once a second. */
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private final Engine engine;
  private final ContainerCalls containers;

  ContainerMetering(Engine engine, ContainerCalls containers) {
    this.engine = engine;
    this.containers = containers;
  }

  @Override
  public Usage usage(WorkloadId id) {
    InspectContainerResponse container = containers.requireRunning(id);
    Long limit = container.getHostConfig() == null ? null : container.getHostConfig().getMemory();
    // Of a stream the first look comes at once; a single look would be compared with another.
    try (Looking looking = new Looking()) {
      engine.stream(client -> client.statsCmd(container.getId()).exec(looking));
      Statistics seen = looking.first();
      if (seen == null || seen.getCpuStats() == null || seen.getMemoryStats() == null) {
        throw new Failure.Unavailable(
            "The Docker Engine does not tell what container %s uses.".formatted(id));
      }
      if (seen.getMemoryStats().getUsage() == null) {
        throw NotRunning.failure(id);
      }
      return usage(seen, limit == null ? 0 : limit);
    } catch (NotFoundException gone) {
      throw new Failure.NotFound("workload", id.value());
    } catch (DockerException | IOException trouble) {
      throw new Failure.Unavailable(
          "The Docker Engine could not tell what container %s uses: %s"
              .formatted(id, Engine.said(trouble)),
          trouble);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Failure.Unavailable(
          "Interrupted while container %s was looked at.".formatted(id), interrupted);
    }
  }

  private static Usage usage(Statistics seen, long limit) {
    var processor = seen.getCpuStats().getCpuUsage();
    var programs = seen.getPidsStats();
    return new Usage(
        Instant.parse(String.valueOf(seen.getRead())),
        Duration.ofNanos(processor == null ? 0 : known(processor.getTotalUsage())),
        used(seen.getMemoryStats()),
        limit,
        programs == null ? 0 : known(programs.getCurrent()),
        traffic(seen.getNetworks()));
  }

  /** Without files that are only cached: both generations of control groups name those. */
  private static long used(MemoryStatsConfig memory) {
    StatsConfig parts = memory.getStats();
    long cached = 0;
    if (parts != null) {
      cached =
          parts.getTotalInactiveFile() == null
              ? known(parts.getInactiveFile())
              : parts.getTotalInactiveFile();
    }
    return Math.max(0, known(memory.getUsage()) - cached);
  }

  private static Usage.@Nullable Traffic traffic(
      @Nullable Map<String, StatisticNetworksConfig> networks) {
    if (networks == null) {
      return null;
    }
    long received = 0;
    long sent = 0;
    for (StatisticNetworksConfig network : networks.values()) {
      received += known(network.getRxBytes());
      sent += known(network.getTxBytes());
    }
    return new Usage.Traffic(received, sent);
  }

  private static long known(@Nullable Long number) {
    return number == null ? 0 : number;
  }

  /** Waits for the first look. */
  private static final class Looking extends ResultCallback.Adapter<Statistics> {

    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable Statistics first;

    @Override
    public void onNext(Statistics seen) {
      if (first == null) {
        first = seen;
        over.countDown();
      }
    }

    @Override
    public void onComplete() {
      over.countDown();
      super.onComplete();
    }

    @Override
    public void onError(Throwable failure) {
      over.countDown();
      super.onError(failure);
    }

    @Nullable Statistics first() throws InterruptedException {
      boolean _ = over.await(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      return first;
    }
  }
}
