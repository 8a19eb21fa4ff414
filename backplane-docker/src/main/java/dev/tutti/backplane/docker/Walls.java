package dev.tutti.backplane.docker;

import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.HostAccess;
import dev.tutti.core.backplane.Resources;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.VolumeMount;
import dev.tutti.core.backplane.WorkloadSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a container may use, and what of the machine it reaches: as little as its spec says. Who may
 * ask for what is not decided here.
 *
 * @param network the network that containers are in which name none
 * @param gateway the address of this machine in it
 * @param outputBytes how much of a container's output the engine keeps
 */
record Walls(Marks marks, String network, String gateway, long outputBytes) {

  private static final int LOG_FILES = 2;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final String HOST = "host";
  private static final String EVERYTHING = "rwm";
  private static final String LINUX_PREFIX = "CAP_";

  /**
   * The part of a container's making that is about the machine.
   *
   * @throws StartRefused when an engine has no such thing
   */
  HostConfig around(WorkloadSpec spec) {
    HostConfig walls =
        HostConfig.newHostConfig()
            .withNetworkMode(networkOf(spec))
            .withPortBindings(
                spec.attached().ports().stream().map(ContainerPorts::binding).toList())
            .withExtraHosts("host.docker.internal:" + gateway)
            .withRestartPolicy(RestartPolicy.noRestart())
            .withSecurityOpts(List.of("no-new-privileges"))
            // Reaps, and gives programs that are the first of their container the usual signals.
            .withInit(true)
            .withLogConfig(log());
    limit(walls, spec.most());
    open(walls, spec);
    return walls;
  }

  /** The first that it names: an engine takes one, and is asked for the others afterwards. */
  private String networkOf(WorkloadSpec spec) {
    return spec.attached().networks().stream()
        .findFirst()
        .map(attachment -> marks.objectName(attachment.network()))
        .orElse(network);
  }

  /** It keeps text, not bytes that are none; the driver 'local' loses empty lines. */
  private LogConfig log() {
    return new LogConfig(
        LogConfig.LoggingType.JSON_FILE,
        Map.of("max-size", outputBytes / LOG_FILES + "b", "max-file", String.valueOf(LOG_FILES)));
  }

  private static void limit(HostConfig walls, Resources most) {
    if (most.memory() > 0) {
      // Without swap: as much of that as of memory would double what was granted.
      walls.withMemory(most.memory()).withMemorySwap(most.memory());
    }
    if (most.milliCpus() > 0) {
      walls.withNanoCPUs(nanoCpus(most));
    }
  }

  static long nanoCpus(Resources most) {
    return Math.multiplyExact(most.milliCpus(), NANOS_PER_MILLI);
  }

  private Mount mount(VolumeMount asked) {
    return new Mount()
        .withType(MountType.VOLUME)
        .withSource(marks.objectName(asked.volume()))
        .withTarget(asked.path().toString())
        .withReadOnly(asked.readOnly());
  }

  private void open(HostConfig walls, WorkloadSpec spec) {
    List<Mount> mounts = new ArrayList<>();
    spec.attached().volumes().forEach(asked -> mounts.add(mount(asked)));
    List<Device> devices = new ArrayList<>();
    List<com.github.dockerjava.api.model.Capability> rights = new ArrayList<>();
    for (HostAccess access : spec.access()) {
      switch (access) {
        case HostAccess.Privileged() -> walls.withPrivileged(true).withSecurityOpts(List.of());
        case HostAccess.Namespace(String name) -> join(walls, name);
        case HostAccess.HostPath(String path) ->
            // Unlike a bind, it does not make the folder when there is none.
            mounts.add(new Mount().withType(MountType.BIND).withSource(path).withTarget(path));
        case HostAccess.Device(String path) -> devices.add(new Device(EVERYTHING, path, path));
        case HostAccess.Capability(String name) -> rights.add(right(name));
      }
    }
    walls
        .withMounts(mounts)
        .withDevices(devices)
        .withCapAdd(rights.toArray(com.github.dockerjava.api.model.Capability[]::new));
  }

  private static void join(HostConfig walls, String namespace) {
    switch (namespace) {
      case "network" -> walls.withNetworkMode(HOST);
      case "pid" -> walls.withPidMode(HOST);
      case "ipc" -> walls.withIpcMode(HOST);
      case "user" -> walls.withUsernsMode(HOST);
      case "cgroup" -> walls.withCgroupnsMode(HOST);
      default ->
          throw new StartRefused(
              ExitCodes.START_FAILED,
              "containers cannot share the namespace '%s' with the machine, only network, pid, ipc, user or cgroup; leave it out"
                  .formatted(namespace));
    }
  }

  private static com.github.dockerjava.api.model.Capability right(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    String bare = upper.startsWith(LINUX_PREFIX) ? upper.substring(LINUX_PREFIX.length()) : upper;
    return Arrays.stream(com.github.dockerjava.api.model.Capability.values())
        .filter(right -> right.name().equals(bare))
        .findFirst()
        .orElseThrow(() ->
            new StartRefused(
                ExitCodes.START_FAILED,
                "there is no right of the kernel '%s'; leave it out".formatted(name)));
  }
}
