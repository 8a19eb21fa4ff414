package dev.tutti.core.backplane;

/** Something of the machine that a workload wants to reach beyond its own walls. */
public sealed interface HostAccess {

  /** Everything that the machine can do. */
  record Privileged() implements HostAccess {}

  /** A namespace of the machine in place of its own, such as {@code network} or {@code pid}. */
  record Namespace(String name) implements HostAccess {}

  /** A file or folder of the machine, by its absolute path. */
  record HostPath(String path) implements HostAccess {}

  /** A right of the kernel that it would not have, such as {@code NET_ADMIN}. */
  record Capability(String name) implements HostAccess {}

  /** A device, by its path, such as {@code /dev/kvm}. */
  record Device(String path) implements HostAccess {}
}
