package dev.tutti.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import dev.tutti.core.group.GroupProblem;
import dev.tutti.core.group.GroupSpec;
import dev.tutti.core.group.Member;
import dev.tutti.core.group.Readiness;
import dev.tutti.core.group.WorkloadGroup;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Workloads that start in an order and stop in the opposite one. */
interface GroupsTheme extends Theme {

  /** More than any start takes, also where many run at once. */
  Duration WITHIN = Duration.ofSeconds(50);

  @Test
  default void groupStartsInOrderAndStopsInReverse() throws InterruptedException {
    List<String> story = new CopyOnWriteArrayList<>();
    WorkloadGroup group =
        heard(
            story,
            member("service", Program.runs(), new Readiness.Running(), "database", "migration"),
            member(
                "migration",
                Program.exitsAfter(Duration.ofMillis(50), 0),
                new Readiness.Completed(),
                "database"),
            member("database", Program.saysAndRuns("listening"), new Readiness.Says("listening")));
    assertThat(group.start(Trial.PATIENT)).isEmpty();
    assertThat(group.problem()).isEmpty();
    group.stop(Trial.PATIENT);
    Trial.soon()
        .untilAsserted(() ->
            assertThat(story)
                .containsExactly(
                    "database runs",
                    "migration runs",
                    "migration ended",
                    "service runs",
                    "service ended",
                    "database ended"));
    assertThat(group.problem()).as("what was stopped is no problem").isEmpty();
  }

  @Test
  default void failureOfOneIsTheProblemOfTheGroup() throws InterruptedException {
    WorkloadGroup group =
        heard(
            new CopyOnWriteArrayList<>(),
            member("late", Program.runs(), new Readiness.Running(), "broken"),
            member("broken", Program.exits(3), new Readiness.Says("never"), "sound"),
            member("sound", Program.runs(), new Readiness.Running()));
    Optional<GroupProblem> problem = group.start(Trial.PATIENT);
    assertThat(problem.map(GroupProblem::member)).contains(new WorkloadId("broken"));
    assertThat(problem.orElseThrow().reason()).startsWith("ended with code 3");
    assertThat(trial().listed(new WorkloadId("late"))).isEmpty();
    assertThat(trial().isEnded(new WorkloadId("sound"))).isTrue();
  }

  @Test
  default void endOfOneThatWasReadyIsTheProblemOfTheGroup() throws InterruptedException {
    WorkloadGroup group =
        heard(
            new CopyOnWriteArrayList<>(),
            member("brief", Program.obeys(4), new Readiness.Says("ready")),
            member("lasting", Program.runs(), new Readiness.Running()));
    assertThat(group.start(Trial.PATIENT)).isEmpty();
    // Not by the group.
    trial().backplane().stop(new WorkloadId("brief"), Trial.PATIENT);
    Trial.soon().until(() -> group.problem().isPresent());
    assertThat(group.problem().orElseThrow().sentence())
        .isEqualTo("Workload 'brief' ended with code 4 (Error).");
    group.stop(Trial.PATIENT);
  }

  private Member member(String name, Program program, Readiness readiness, String... after) {
    WorkloadSpec spec = trial().spec(name, program);
    return new Member(
        spec,
        Arrays.stream(after).map(WorkloadId::new).collect(Collectors.toSet()),
        readiness,
        WITHIN);
  }

  /** A group that hears what the backplane tells, and somebody who writes it down. */
  private WorkloadGroup heard(List<String> story, Member... members) {
    WorkloadGroup group = new WorkloadGroup(new GroupSpec(List.of(members)), trial().backplane());
    trial()
        .backplane()
        .watch((id, seen) -> {
          if (seen instanceof Observation.Running) {
            story.add(id + " runs");
          } else if (seen.terminal()) {
            story.add(id + " ended");
          }
          group.observed(id, seen);
        });
    return group;
  }
}
