package dev.tutti.backplane.docker;

import dev.tutti.core.backplane.Attachments;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.NetworkAttachment;
import dev.tutti.core.backplane.ObjectName;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.VolumeMount;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;

/** Networks and volumes of ours that a container is to have from its start. */
record SharedThings(DockerNetworks networks, DockerVolumes volumes) {

  /**
   * Sees to it that they are there: an engine would make a volume that is not, and give one of
   * somebody else.
   *
   * @throws StartRefused when one is not there
   */
  void require(Attachments attached) {
    for (NetworkAttachment attachment : attached.networks()) {
      require("network", attachment.network(), networks.find(attachment.network()).isPresent());
    }
    for (VolumeMount mount : attached.volumes()) {
      require("volume", mount.volume(), volumes.find(mount.volume()).isPresent());
    }
  }

  private static void require(String what, ObjectName name, boolean isThere) {
    if (!isThere) {
      throw new StartRefused(
          ExitCodes.START_FAILED,
          "there is no %s '%s'; make it before the workload".formatted(what, name));
    }
  }

  /** Puts a container that was made, in the first of its networks, into the others. */
  void connect(WorkloadSpec spec) {
    WorkloadId id = spec.id();
    spec.attached().networks().stream().skip(1).forEach(other -> networks.attach(id, other));
  }
}
