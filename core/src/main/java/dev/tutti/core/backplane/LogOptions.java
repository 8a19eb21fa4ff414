package dev.tutti.core.backplane;

/**
 * Which part of a workload's output to read.
 *
 * @param tail only the last so many lines; a negative number for all that is kept
 * @param follow go on until the workload has ended and all is read
 */
public record LogOptions(int tail, boolean follow) {

  public static LogOptions last(int lines) {
    return new LogOptions(lines, false);
  }

  public static LogOptions all() {
    return new LogOptions(-1, false);
  }
}
