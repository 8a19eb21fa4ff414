package dev.tutti.core.policy;

import dev.tutti.core.backplane.HostAccess;
import dev.tutti.core.backplane.PublishedPort;
import dev.tutti.core.backplane.Resources;
import dev.tutti.core.backplane.WorkloadSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What workloads may ask for. Access to the machine is denied whatever is configured; everything
 * else is allowed until it is restricted.
 *
 * @param registries where images may come from: registries, or registries with the beginning of a
 *     path, such as {@code ghcr.io/acme}; empty for anywhere
 * @param most what one workload may use at most; also the limit of those that name none
 * @param forbiddenVariables names of environment variables that nobody may set; with {@code *} at
 *     the end, all that begin so
 */
public record Policy(List<String> registries, Resources most, List<String> forbiddenVariables) {

  private static final Set<String> ENGINE_SOCKETS =
      Set.of("docker.sock", "containerd.sock", "podman.sock", "crio.sock", "cri-dockerd.sock");

  public Policy {
    registries = List.copyOf(registries);
    forbiddenVariables = List.copyOf(forbiddenVariables);
  }

  /** With nothing restricted but access to the machine. */
  public static Policy standard() {
    return new Policy(List.of(), Resources.unlimited(), List.of());
  }

  /** All rules that a workload does not keep; empty when it may run. */
  public List<Violation> violations(WorkloadSpec spec) {
    List<Violation> found = new ArrayList<>(violations(spec.image(), spec.environment().keySet()));
    spec.access().forEach(wanted -> found.add(denied(wanted)));
    spec.attached().ports().forEach(port -> requireOnLoopback(port, found));
    requireAtMost(spec.most(), found);
    return found;
  }

  /** The rules about what a workload may use, for one that runs and is to get other limits. */
  public List<Violation> violations(Resources asked) {
    List<Violation> found = new ArrayList<>();
    requireAtMost(asked, found);
    return found;
  }

  private static void requireOnLoopback(PublishedPort port, List<Violation> found) {
    if (!isLoopback(port.address())) {
      found.add(
          new Violation(
              "published-ports",
              "it asks for port %s to be reached at '%s' of the machine"
                  .formatted(port.inside(), port.address()),
              "Publish it at 127.0.0.1: nobody outside the machine reaches workloads directly."));
    }
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.ofLiteral(address).isLoopbackAddress();
    } catch (IllegalArgumentException name) {
      return false;
    }
  }

  /** The rules about what a message can ask for: an image, and the names of variables. */
  public List<Violation> violations(String image, Set<String> variables) {
    List<Violation> found = new ArrayList<>();
    ImageName name = ImageName.of(image);
    if (!registries.isEmpty() && registries.stream().noneMatch(name::isFrom)) {
      found.add(
          new Violation(
              "registries",
              "image '%s' is of %s, and images may only be of %s"
                  .formatted(image, name.registry(), String.join(", ", registries)),
              "Use an image from there, or add its registry to TUTTI_POLICY_REGISTRIES."));
    }
    for (String variable : variables) {
      if (forbiddenVariables.stream().anyMatch(forbidden -> matches(forbidden, variable))) {
        found.add(
            new Violation(
                "variables",
                "the environment variable '%s' may not be set".formatted(variable),
                "Leave it out, or take it from TUTTI_POLICY_FORBIDDEN_VARIABLES."));
      }
    }
    return found;
  }

  private static boolean matches(String forbidden, String variable) {
    return forbidden.endsWith("*")
        ? variable.startsWith(forbidden.substring(0, forbidden.length() - 1))
        : variable.equals(forbidden);
  }

  private void requireAtMost(Resources asked, List<Violation> found) {
    if (most.milliCpus() > 0 && asked.milliCpus() > most.milliCpus()) {
      found.add(
          new Violation(
              "most-cpus",
              "it asks for %d thousandths of a core, and at most %d may be used"
                  .formatted(asked.milliCpus(), most.milliCpus()),
              "Ask for less, or raise TUTTI_POLICY_MOST_CPUS."));
    }
    if (most.memory() > 0 && asked.memory() > most.memory()) {
      found.add(
          new Violation(
              "most-memory",
              "it asks for %d bytes of memory, and at most %d may be used"
                  .formatted(asked.memory(), most.memory()),
              "Ask for less, or raise TUTTI_POLICY_MOST_MEMORY."));
    }
  }

  private static Violation denied(HostAccess wanted) {
    return switch (wanted) {
      case HostAccess.Privileged() -> denied("privileged", "it asks to run privileged");
      case HostAccess.Namespace(String name) ->
          denied("host-namespaces", "it asks for the %s namespace of the machine".formatted(name));
      case HostAccess.HostPath(String path) ->
          denied(
              isEngineSocket(path) ? "engine-socket" : "host-paths",
              "it asks for %s of the machine".formatted(path));
      case HostAccess.Capability(String name) ->
          denied("capabilities", "it asks for the capability %s".formatted(name));
      case HostAccess.Device(String path) ->
          denied("devices", "it asks for the device %s".formatted(path));
    };
  }

  private static Violation denied(String rule, String detail) {
    return new Violation(
        rule, detail, "Leave that out: workloads get no access to the machine they run on.");
  }

  private static boolean isEngineSocket(String path) {
    return ENGINE_SOCKETS.contains(path.substring(path.lastIndexOf('/') + 1));
  }

  /** The workload with the limits of the policy where it names none of its own. */
  public WorkloadSpec bounded(WorkloadSpec spec) {
    Resources asked = spec.most();
    return spec.within(
        new Resources(
            asked.milliCpus() == 0 ? most.milliCpus() : asked.milliCpus(),
            asked.memory() == 0 ? most.memory() : asked.memory()));
  }
}
