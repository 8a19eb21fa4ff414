package dev.tutti.backplane.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the kernel says about a process.
 *
 * @param state one letter; Z for one that has ended and waits to be reaped
 * @param session the id of the process that leads its session
 * @param startTicks when it started, in ticks since the machine did
 */
record ProcessStat(int pid, char state, int session, long startTicks) {

  /** Fields after the name, which stands in parentheses and may itself hold any character. */
  private static final int STATE = 0;

  private static final int SESSION = 3;
  private static final int START = 19;

  static Optional<ProcessStat> of(int pid) {
    return TextFile.read(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1)
        .map(line -> parse(pid, line));
  }

  static ProcessStat parse(int pid, String line) {
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", START + 2);
    return new ProcessStat(
        pid,
        fields[STATE].charAt(0),
        Integer.parseInt(fields[SESSION]),
        Long.parseLong(fields[START]));
  }

  boolean alive() {
    return state != 'Z' && state != 'X';
  }
}
