package dev.tutti.core.backplane;

import java.util.List;

/** The volumes of a backplane that we made. Those of others are never shown, used or removed. */
public interface Volumes {

  /**
   * Makes an empty volume. One that is there as it should be stays, with what is in it.
   *
   * @throws dev.tutti.core.Failure.Rejected when one of this name is there, and is another
   */
  void create(VolumeFacts volume);

  /** All, by name. */
  List<VolumeFacts> list();

  /**
   * How much is in it, in bytes; reads all of it, so it may take long.
   *
   * @throws dev.tutti.core.Failure.NotFound when it is unknown
   */
  long bytes(ObjectName volume);

  /**
   * Removes a volume with all that is in it; one that is unknown is no error.
   *
   * @throws dev.tutti.core.Failure.Rejected while a workload has it, running or ended
   */
  void remove(ObjectName volume);
}
