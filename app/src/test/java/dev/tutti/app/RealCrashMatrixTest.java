package dev.tutti.app;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The process halts before or after each of its commits, starts, stops, removals and notices, with
 * SQLite, processes and a broker that are real, and is started again: records end as they do
 * undisturbed, nothing is left, and notices follow their delivery class. How often they were
 * repeated stands in {@code target/crash-matrix}.
 */
class RealCrashMatrixTest {

  private static final int SIDE_BY_SIDE = 2;

  /**
   * How much is played.
   *
   * @param models of a simulation
   * @param first the first position
   * @param stride from one position to the next
   */
  private record Size(int models, int first, int stride) {}

  // What is on the disk, and what runs, changes only inside of a call: after one it is as before
  // the next. So each state is met once, in turns with one of the brokers; in the long run with
  // both of them.
  private static final Size WITH_MOSQUITTO = new Size(2, 1, 4);
  private static final Size EMBEDDED = new Size(2, 2, 4);
  private static final Size ALL = new Size(4, 1, 1);

  @Test
  void outcomeIsTheSameWhereverTheProcessHaltsWithMosquitto() throws Exception {
    matrix("mosquitto", true, WITH_MOSQUITTO);
  }

  @Test
  void outcomeIsTheSameWhereverTheProcessHaltsWithTheEmbeddedBroker() throws Exception {
    matrix("embedded", false, EMBEDDED);
  }

  @Test
  @Tag("long")
  void outcomeIsTheSameAtEveryPositionWithMosquitto() throws Exception {
    matrix("mosquitto-long", true, ALL);
  }

  @Test
  @Tag("long")
  void outcomeIsTheSameAtEveryPositionWithTheEmbeddedBroker() throws Exception {
    matrix("embedded-long", false, ALL);
  }

  private static void matrix(String name, boolean mosquitto, Size size) throws Exception {
    new CrashMatrix(
            name,
            mosquitto,
            SIDE_BY_SIDE,
            () -> new CrashChain(new CrashingProcesses(), mosquitto, size.models()))
        .play(CrashMatrix.every(size.first(), size.stride()));
  }
}
