package dev.tutti.sdk;

/**
 * The log of a model: lines go to the standard output and, from INFO, to the simulation
 * orchestrator.
 */
public interface Log {

  /** How much a line matters. */
  enum Level {
    /** For who looks for a fault. */
    DEBUG,
    /** For who follows a simulation. */
    INFO,
    /** Something is not as it should be, but the simulation goes on. */
    WARNING,
    /** Something failed. */
    ERROR
  }

  /** Writes a line. */
  void write(Level level, String line);

  /** Writes a line for who looks for a fault. */
  default void debug(String line) {
    write(Level.DEBUG, line);
  }

  /** Writes a line for who follows a simulation. */
  default void info(String line) {
    write(Level.INFO, line);
  }

  /** Writes that something is not as it should be. */
  default void warning(String line) {
    write(Level.WARNING, line);
  }

  /** Writes that something failed. */
  default void error(String line) {
    write(Level.ERROR, line);
  }
}
