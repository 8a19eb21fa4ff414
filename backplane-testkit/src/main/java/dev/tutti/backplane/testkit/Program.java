package dev.tutti.backplane.testkit;

import dev.tutti.core.backplane.WorkloadSpec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A small program that the suite runs: as a command for what runs real ones on a POSIX system, and
 * as a plan for what simulates.
 */
public record Program(List<String> command, Plan plan) {

  private static final String WAIT = "while :; do sleep 0.05; done";

  public Program {
    command = List.copyOf(command);
  }

  private static Program shell(String script, Plan plan) {
    return new Program(List.of("/bin/sh", "-c", script), plan);
  }

  public static Program exits(int code) {
    return shell("exit " + code, Plan.exits(code));
  }

  /** Runs until it is stopped, and does not handle that. */
  public static Program runs() {
    return new Program(List.of("sleep", "600"), Plan.runsUntilAsked());
  }

  /** Runs until it is asked to stop, then ends with the code of its choice. */
  public static Program obeys(int code) {
    return shell(
        "trap 'exit %d' TERM; echo ready; %s".formatted(code, WAIT),
        Plan.runsUntilAsked(code).saying("ready\n"));
  }

  /** Does not end when asked to. */
  public static Program ignoresAsking() {
    return shell("trap '' TERM; echo ready; " + WAIT, Plan.ignoresAsking().saying("ready\n"));
  }

  public static Program killsItself(int signal) {
    return shell("kill -%d $$".formatted(signal), Plan.exits(128 + signal));
  }

  /** Says the numbers from 1, a line each. */
  public static Program counts(int upTo) {
    StringBuilder numbers = new StringBuilder();
    for (int i = 1; i <= upTo; i++) {
      numbers.append(i).append('\n');
    }
    return new Program(
        List.of("seq", "1", String.valueOf(upTo)), Plan.exits(0).saying(numbers.toString()));
  }

  /** Says each word on a line of its own and stays. */
  public static Program saysAndRuns(String... words) {
    String lines = String.join("\n", words) + "\n";
    return shell(
        "printf '%s'; exec sleep 600".formatted(lines.replace("\n", "\\n")),
        Plan.runsUntilAsked().saying(lines));
  }

  /** Runs for a while, then ends by itself. */
  public static Program exitsAfter(Duration time, int code) {
    return shell(
        "sleep %s; exit %d".formatted(time.toMillis() / 1e3, code),
        Plan.exits(code).runningFor(time));
  }

  /** Takes so much memory at once, then ends well. */
  public static Program uses(long bytes) {
    return shell(
        "taken=$(head -c %d /dev/zero | tr '\\000' x); exit 0".formatted(bytes),
        Plan.exits(0).using(bytes));
  }

  /** Says so many times the same letter, without a line break at the end. */
  public static Program saysLongLine(int length) {
    return shell(
        "head -c %d /dev/zero | tr '\\000' x".formatted(length),
        Plan.exits(0).saying("x".repeat(length)));
  }

  /** Says every byte there is, once, in order. */
  public static Program saysEveryByte() {
    StringBuilder octal = new StringBuilder();
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
      octal.append("\\%03o".formatted(i));
    }
    return shell("printf '%s'".formatted(octal), Plan.exits(0).saying(spec -> bytes.clone()));
  }

  /** Calculates for a while, says so and stays. */
  public static Program calculatesAndRuns() {
    return shell(
        "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; echo ready; exec sleep 600",
        Plan.runsUntilAsked().saying("ready\n"));
  }

  /** Makes links out of its own folder: a folder {@code way}, a file {@code secret}; then stays. */
  public static Program links(String outside) {
    return shell(
        "ln -s %s way; ln -s %s/secret secret; echo ready; exec sleep 600"
            .formatted(outside, outside),
        Plan.runsUntilAsked().saying("ready\n"));
  }

  /** Says one line to whoever connects to a port, as often as somebody does. */
  public static Program greets(int port, String line) {
    return new Program(
        List.of("nc", "-ll", "-p", String.valueOf(port), "-e", "echo", line),
        Plan.runsUntilAsked());
  }

  /** Writes so many times the same letter into a file. */
  public static Program writes(String file, int length) {
    return shell("head -c %d /dev/zero | tr '\\000' x > %s".formatted(length, file), Plan.exits(0));
  }

  /** Says what is in a file; ends with 7 when it may not write there. */
  public static Program readsAndWrites(String file) {
    return shell("cat %s; (echo y > %s) || exit 7".formatted(file, file), Plan.exits(0));
  }

  public static Program speaksOnBothOutputs() {
    return shell("echo out; echo err >&2", Plan.exits(0).saying("out\nerr\n"));
  }

  /** Says its environment: each variable as {@code name=value}, then a NUL character. */
  public static Program saysEnvironment() {
    return new Program(
        List.of("cat", "/proc/self/environ"), Plan.exits(0).saying(Program::encodedEnvironment));
  }

  /** With what a workload is told beyond what was asked for. */
  private static byte[] encodedEnvironment(WorkloadSpec spec) {
    Map<String, String> environment = new LinkedHashMap<>(spec.environment());
    environment.put("TUTTI_WORKLOAD_ID", spec.id().value());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    environment.forEach((name, value) -> {
      bytes.writeBytes((name + "=" + value).getBytes(StandardCharsets.UTF_8));
      bytes.write(0);
    });
    return bytes.toByteArray();
  }
}
