package dev.tutti.backplane.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tutti.core.backplane.WorkloadSpec;
import java.time.Duration;
import java.util.function.Function;

/**
 * How a simulated workload behaves.
 *
 * @param startDelay from the call to running
 * @param runTime from running to the end of those that end by themselves
 * @param output what it says as soon as it runs
 * @param ending how it ends
 * @param memory how much it uses, in bytes; with a lower limit it ends with code 137 when it would
 *     end by itself
 */
public record Plan(
    Duration startDelay,
    Duration runTime,
    Function<WorkloadSpec, byte[]> output,
    Ending ending,
    long memory) {

  /** What makes a workload end. */
  public sealed interface Ending {

    /** By itself, after its run time. */
    record Exits(int code) implements Ending {}

    /** When asked to stop, with this code; or when a test says so. */
    record RunsUntilAsked(int code) implements Ending {}

    /** Only when killed; or when a test says so. */
    record IgnoresAsking() implements Ending {}
  }

  private static Plan saying(Function<WorkloadSpec, byte[]> output, Ending ending) {
    return new Plan(Duration.ZERO, Duration.ZERO, output, ending, 0);
  }

  private static Plan silent(Ending ending) {
    return saying(spec -> new byte[0], ending);
  }

  public static Plan exits(int code) {
    return silent(new Ending.Exits(code));
  }

  /** Ends with 143, as a program does that does not handle the signal. */
  public static Plan runsUntilAsked() {
    return runsUntilAsked(143);
  }

  public static Plan runsUntilAsked(int code) {
    return silent(new Ending.RunsUntilAsked(code));
  }

  public static Plan ignoresAsking() {
    return silent(new Ending.IgnoresAsking());
  }

  public Plan saying(String text) {
    return saying(spec -> text.getBytes(UTF_8));
  }

  public Plan saying(Function<WorkloadSpec, byte[]> said) {
    return new Plan(startDelay, runTime, said, ending, memory);
  }

  public Plan startingAfter(Duration delay) {
    return new Plan(delay, runTime, output, ending, memory);
  }

  public Plan runningFor(Duration time) {
    return new Plan(startDelay, time, output, ending, memory);
  }

  public Plan using(long bytes) {
    return new Plan(startDelay, runTime, output, ending, bytes);
  }
}
