package dev.tutti.core.group;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.Command;
import dev.tutti.core.backplane.Execution;
import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.Observation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.Optional;

/** Waits until one workload of a group is ready, or cannot become so any more. */
final class ReadinessWait {

  /** How often is looked for what nobody told. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final Duration FIRST_READING = Duration.ofMillis(50);

  private final Member member;
  private final Backplane backplane;
  private final GroupState state;
  private final long deadline;
  private Duration pause = FIRST_READING;

  ReadinessWait(Member member, Backplane backplane, GroupState state, long deadline) {
    this.member = member;
    this.backplane = backplane;
    this.state = state;
    this.deadline = deadline;
  }

  /**
   * Returns when it is ready, or not wanted any more.
   *
   * @return why it cannot become ready; empty when it is
   */
  Optional<String> run() throws InterruptedException {
    state.sees(backplane.list());
    while (!state.isOver()) {
      long news = state.news();
      Optional<Observation> seen = state.seen(member.id());
      if (seen.isPresent() && isReady(seen.get())) {
        return Optional.empty();
      }
      if (seen.filter(Observation::terminal).isPresent()) {
        return seen.map(end -> GroupState.told(end) + " before it was ready");
      }
      if (System.nanoTime() > deadline) {
        return Optional.of("was not ready within " + member.within());
      }
      await(news);
    }
    return Optional.empty();
  }

  private boolean isReady(Observation seen) {
    return switch (member.readiness()) {
      case Readiness.Running() -> seen instanceof Observation.Running;
      case Readiness.Completed() -> seen instanceof Observation.Exited exit && exit.code() == 0;
      case Readiness.Says(String text) -> !seen.terminal() && hasSaid(text);
      case Readiness.Succeeds succeeds -> seen instanceof Observation.Running && succeeds(succeeds);
    };
  }

  private boolean hasSaid(String text) {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(backplane.logs(member.id(), LogOptions.all()), UTF_8))) {
      return output.lines().anyMatch(line -> line.contains(text));
    } catch (IOException | Failure.NotFound later) {
      return false;
    }
  }

  private boolean succeeds(Readiness.Succeeds asked) {
    Execution execution =
        backplane
            .execution()
            .orElseThrow(() ->
                new Failure.Unavailable(
                    "Commands cannot be run in workloads of the backplane '%s'."
                        .formatted(backplane.name())));
    try {
      return execution.run(member.id(), new Command(asked.command(), asked.every(), 0)).succeeded();
    } catch (Failure.Rejected ended) {
      // Its end is told in a moment.
      return false;
    }
  }

  /** Who has to be asked is asked again soon, then less often; others are told. */
  private void await(long news) throws InterruptedException {
    Duration wait =
        switch (member.readiness()) {
          case Readiness.Running(), Readiness.Completed() -> LOOK;
          case Readiness.Says _ -> pause;
          case Readiness.Succeeds succeeds -> succeeds.every();
        };
    long left = Math.max(1, deadline - System.nanoTime());
    state.awaitNews(news, Duration.ofNanos(Math.min(wait.toNanos(), left)));
    pause = pause.multipliedBy(2).compareTo(LOOK) < 0 ? pause.multipliedBy(2) : LOOK;
    if (state.news() == news && wait.equals(LOOK)) {
      state.sees(backplane.list());
    }
  }
}
