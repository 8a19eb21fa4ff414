package dev.tutti.core.backplane;

import java.io.InputStream;

/**
 * Copies single files into and out of workloads, whether they run or have ended. A path leads to
 * nothing outside the workload, whatever links its programs make.
 */
public interface WorkloadFiles {

  /**
   * Writes a file, in place of one that is there; its folder has to exist.
   *
   * @param bytes how long the content is; it is read to its end and not closed
   * @throws dev.tutti.core.Failure.NotFound when the workload or the folder is not there
   * @throws dev.tutti.core.Failure.Rejected when the path leads out of the workload, or to a folder
   */
  void write(WorkloadId id, WorkloadPath path, InputStream content, long bytes);

  /**
   * Opens a file; the caller closes the stream.
   *
   * @throws dev.tutti.core.Failure.NotFound when the workload or the file is not there
   * @throws dev.tutti.core.Failure.Rejected when the path leads out of the workload, or to no
   *     regular file
   */
  InputStream read(WorkloadId id, WorkloadPath path);
}
