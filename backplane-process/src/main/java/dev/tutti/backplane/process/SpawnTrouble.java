package dev.tutti.backplane.process;

/** What an error of {@link Spawn} means to people, and what they can do. */
final class SpawnTrouble {

  private static final int EAGAIN = 11;
  private static final int ENOMEM = 12;
  private static final int ENFILE = 23;
  private static final int EMFILE = 24;

  private SpawnTrouble() {}

  static String sentence(int errno) {
    return switch (errno) {
      case EAGAIN ->
          "this machine gives no more processes; see ulimit -u, pids.max and the unit's TasksMax.";
      case ENOMEM -> "this machine has no memory left for another process.";
      case ENFILE, EMFILE ->
          "there are no file handles left; see ulimit -n and the unit's LimitNOFILE.";
      default -> "the system says errno %d.".formatted(errno);
    };
  }
}
