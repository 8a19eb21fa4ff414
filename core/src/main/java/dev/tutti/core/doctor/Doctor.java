package dev.tutti.core.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has all checks look, side by side. One that fails or does not end is a finding itself. */
public final class Doctor {

  private static final Logger LOG = LoggerFactory.getLogger(Doctor.class);

  private final List<Check> checks;
  private final Duration patience;
  private final Duration deepPatience;

  /**
   * @param patience how long checks may take
   * @param deepPatience how long checks may take that read everything
   */
  public Doctor(List<Check> checks, Duration patience, Duration deepPatience) {
    this.checks = List.copyOf(checks);
    this.patience = patience;
    this.deepPatience = deepPatience;
  }

  /** All findings, in the order of the checks. */
  public List<Finding> examine(boolean deep) throws InterruptedException {
    Duration atMost = deep ? deepPatience : patience;
    long deadline = System.nanoTime() + atMost.toNanos();
    List<FutureTask<List<Finding>>> looking = new ArrayList<>();
    for (Check check : checks) {
      FutureTask<List<Finding>> task = new FutureTask<>(() -> check.look(deep));
      Thread.ofVirtual().name("doctor-" + check.name()).start(task);
      looking.add(task);
    }
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      findings.addAll(await(checks.get(i), looking.get(i), deadline, atMost));
    }
    return findings;
  }

  private static List<Finding> await(
      Check check, FutureTask<List<Finding>> task, long deadline, Duration atMost)
      throws InterruptedException {
    try {
      return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException slow) {
      return List.of(
          Finding.error(
              check,
              "This check did not end within %d s.".formatted(atMost.toSeconds()),
              "What it looks at hangs or is overloaded; look at it with the machine's own tools."));
    } catch (ExecutionException failed) {
      LOG.debug("the check {} failed", check.name(), failed);
      return List.of(
          Finding.error(
              check,
              "This check could not be made: %s.".formatted(failed.getMessage()),
              "The log of the server says more at level DEBUG."));
    } finally {
      task.cancel(true);
    }
  }
}
