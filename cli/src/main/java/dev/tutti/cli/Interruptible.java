package dev.tutti.cli;

/**
 * Makes Ctrl-C the ordinary end of a command that has no other: whatever stands is closed, so that
 * a terminal gets its cursor back, and the program exits with 0.
 */
final class Interruptible implements AutoCloseable {
  private final Thread hook;

  private Interruptible(Thread hook) {
    this.hook = hook;
  }

  /** Until it is closed, the end of the program closes the board and means success. */
  static Interruptible ending(ModelBoard board) {
    return ending(board::close);
  }

  /** The same for anything that has to be put in order before the program ends. */
  static Interruptible ending(Runnable closing) {
    Thread hook =
        Thread.ofPlatform()
            .name("interrupted")
            .unstarted(() -> {
              closing.run();
              Runtime.getRuntime().halt(ExitStatus.OK);
            });
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interruptible(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The program is ending already, and the hook does its work.
    }
  }
}
