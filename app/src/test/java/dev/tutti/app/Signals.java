package dev.tutti.app;

import java.io.IOException;

/** Signals that Java does not send. */
final class Signals {

  private Signals() {}

  /** False when there is no such process any more. */
  static boolean send(String name, long pid) throws IOException, InterruptedException {
    return new ProcessBuilder("/bin/kill", "-" + name, String.valueOf(pid))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
