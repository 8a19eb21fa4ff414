package dev.tutti.backplane.testkit;

/**
 * Something that not every backplane can do, or that not every {@link Workbench} can make happen. A
 * case that needs one is left out where the workbench says that it is missing, and why.
 */
public enum Capability {
  /** Time passes: a grace takes as long as it is. */
  REAL_TIME("real time"),
  /** Output is kept byte for byte, whatever the bytes. */
  BINARY_OUTPUT("binary output"),
  /** What is said on standard output and on error is kept in the order in which it was said. */
  ORDER_OF_OUTPUTS("order between both outputs"),
  /** What was known of a workload stays when somebody else removes it. */
  MEMORY_OF_THE_REMOVED("memory of what others removed"),
  /** A workload that uses more memory than it was granted is ended. */
  MEMORY_LIMIT("limit of memory"),
  /** A workload can be given something of the machine: a path, a device, a right of the kernel. */
  HOST_ACCESS("access to the machine"),
  /** Images are fetched from somewhere that may not answer. */
  REGISTRY("registry"),
  /** There is an engine, apart from us, that can be gone for a while. */
  ENGINE("engine"),
  /** News come on a stream that can be cut. */
  EVENT_STREAM("stream of events"),
  /** The engine can be made slow to answer. */
  SLOWNESS("slow engine"),
  /** The backplane has a clock that can differ from the one where workloads run. */
  OTHER_CLOCK("clock of its own"),
  /** Images are looked at without being started. */
  IMAGE_INSPECTION("inspection of images"),
  /** Commands are run beside the programs of a workload. */
  COMMANDS("commands in workloads"),
  /** Files are copied into workloads and out of them. */
  FILES("files of workloads"),
  /** What workloads use is measured. */
  METERING("measured usage"),
  /** Limits change while a workload runs. */
  RESIZING("change of limits"),
  /** Ports of workloads are reached from the machine. */
  PUBLISHED_PORTS("published ports"),
  /** Workloads are in networks of their own. */
  NETWORKS("networks"),
  /** Workloads share files that outlive them. */
  VOLUMES("volumes");

  private final String phrase;

  Capability(String phrase) {
    this.phrase = phrase;
  }

  /** As it reads in a sentence. */
  public String phrase() {
    return phrase;
  }
}
