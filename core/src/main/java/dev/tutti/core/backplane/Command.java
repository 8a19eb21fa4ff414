package dev.tutti.core.backplane;

import java.time.Duration;
import java.util.List;

/**
 * What to run in a workload.
 *
 * @param arguments the program and its arguments; never given to a shell
 * @param within how long it may take
 * @param outputBytes how much of each of its outputs is kept; the end of a longer one is left out
 */
public record Command(List<String> arguments, Duration within, int outputBytes) {

  private static final int USUAL_OUTPUT = 64 * 1024;
  private static final int MOST_OUTPUT = 16 << 20;

  public Command {
    arguments = List.copyOf(arguments);
    if (arguments.isEmpty() || arguments.getFirst().isEmpty()) {
      throw new IllegalArgumentException("a command begins with the name of a program");
    }
    if (arguments.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException("a command holds no NUL character");
    }
    if (!within.isPositive()) {
      throw new IllegalArgumentException("a command needs time, not " + within);
    }
    if (outputBytes < 0 || outputBytes > MOST_OUTPUT) {
      throw new IllegalArgumentException(
          "0 to %d bytes of output are kept, not %d".formatted(MOST_OUTPUT, outputBytes));
    }
  }

  /** With 64 KiB kept of each output. */
  public static Command of(Duration within, String... arguments) {
    return new Command(List.of(arguments), within, USUAL_OUTPUT);
  }
}
