package dev.tutti.core.backplane;

/**
 * A volume as a workload sees it.
 *
 * @param path absolute, where the volume is among the files of the workload
 * @param readOnly whether the workload may only read
 */
public record VolumeMount(ObjectName volume, WorkloadPath path, boolean readOnly) {

  public VolumeMount {
    if (!path.absolute()) {
      throw new IllegalArgumentException("a volume is mounted at an absolute path, not at " + path);
    }
  }
}
