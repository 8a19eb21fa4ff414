package dev.tutti.backplane.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The shell that stands between us and a command, so that the command outlives us and its exit code
 * is written down all the same.
 *
 * <p>Nothing that comes from a message is ever parsed by the shell, nor seen in the list of
 * processes. Each variable of the workload reaches the wrapper as the value of one of ours, {@code
 * TUTTI_0=NAME=value}, because a shell drops names it does not like. {@code env -S} then puts the
 * values in place of {@code ${TUTTI_0}}, as they are, and starts with nothing else.
 */
final class Wrapper {

  /** Where POSIX systems have it; its messages begin with this. */
  static final String ENV = "/usr/bin/env";

  private static final int TRIAL_SECONDS = 5;

  static final String SHELL = "/bin/sh";

  /** How ours are called that carry those of the workload, before their number. */
  static final String VARIABLE = "TUTTI_";

  /**
   * A group that outlives the command is killed with the wrapper, as in a container. Traps, unlike
   * ignored signals, are not inherited; with one the wrapper lives until the command has ended. The
   * parentheses keep what the shell itself says about the end, such as "Terminated", out of the
   * output: without them some shells redirect themselves, too. The exit code is written over what
   * is there, in the room that was made for it before the start.
   */
  private static final String SCRIPT =
      """
      trap : HUP INT QUIT TERM USR1 USR2
      set -C
      read -r _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ start _ < /proc/$$/stat
      read -r boot < /proc/sys/kernel/random/boot_id
      printf '%s %s %s\\n' "$$" "$start" "$boot" > "$1/pid" || exit 1
      records=$1 folder=$2 env=$3 variables=$4
      shift 4
      if cd "$folder"; then
        (exec "$env" -i -S "$variables" "$@" >> "$records/output" 2>&1)
        code=$?
      else
        code=125
        printf '%s: cannot enter %s\\n' "$env" "$folder" >> "$records/output"
      fi
      printf '%3s\\n' "$code" 1<> "$records/exit"
      kill -KILL 0
      """;

  private Wrapper() {}

  static Spawn.Outcome start(Launch launch, AttemptFolder folder) {
    Charset fileNames = Linux.fileNames();
    List<byte[]> environment = new ArrayList<>();
    StringBuilder variables = new StringBuilder("--");
    for (Map.Entry<String, String> variable : launch.environment().entrySet()) {
      variables.append(" ${" + VARIABLE).append(environment.size()).append('}');
      String assigned = variable.getKey() + '=' + variable.getValue();
      environment.add((VARIABLE + environment.size() + '=' + assigned).getBytes(UTF_8));
    }
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(SHELL.getBytes(US_ASCII));
    arguments.add("-c".getBytes(US_ASCII));
    arguments.add(SCRIPT.getBytes(US_ASCII));
    arguments.add("tutti".getBytes(US_ASCII));
    arguments.add(folder.records().toString().getBytes(fileNames));
    arguments.add(launch.workingDirectory().toString().getBytes(fileNames));
    arguments.add(ENV.getBytes(US_ASCII));
    arguments.add(variables.toString().getBytes(US_ASCII));
    launch.command().forEach(argument -> arguments.add(argument.getBytes(UTF_8)));
    return Spawn.start(arguments, environment);
  }

  /**
   * Whether the process is a wrapper, or a copy of one that does not yet run the command. Such a
   * copy still has the traps, and a signal to it would be lost.
   */
  static boolean isOne(int pid) {
    try {
      String commandLine = Files.readString(Path.of("/proc/" + pid + "/cmdline"), ISO_8859_1);
      return commandLine.startsWith(SHELL + "\0-c\0" + SCRIPT);
    } catch (IOException gone) {
      return false;
    }
  }

  /** Whether a process with this environment, as the kernel has it, is ours and no command yet. */
  static boolean isOnTheWay(String environment) {
    return ("\0" + environment).contains("\0" + VARIABLE + "0=");
  }

  /** Whether this machine has what it takes; the smallest systems have an env that cannot. */
  static boolean available() {
    if (!Files.isExecutable(Path.of(SHELL)) || !Files.isExecutable(Path.of(ENV))) {
      return false;
    }
    try {
      Process trial =
          new ProcessBuilder(ENV, "-i", "-S", "-- A=1", "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return trial.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS) && trial.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
