package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.simulations.Roll.Answer;
import dev.tutti.simulations.Roll.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who has answered. */
final class RollTest {

  private final AtomicLong nanos = new AtomicLong();

  private Roll roll(int models) {
    return new Roll(
        1,
        IntStream.range(0, models)
            .mapToObj(i -> new PlannedModel("m" + i, "s", "image", List.of("object" + i)))
            .toList(),
        _ -> 1,
        nanos::get);
  }

  @Test
  void answersCountOncePerModelAndStep() {
    Roll roll = roll(2);
    roll.open(Asked.STEP, 1);
    assertThat(roll.answer("m0", Asked.STEP)).isEqualTo(Answer.COUNTED);
    assertThat(roll.answer("m0", Asked.STEP)).isEqualTo(Answer.DUPLICATE);
    assertThat(roll.answer("nobody", Asked.STEP)).isEqualTo(Answer.UNKNOWN);
    assertThat(roll.waitingFor()).containsExactly("m1");
    nanos.addAndGet(7_000_000);
    assertThat(roll.answer("m1", Asked.STEP)).isEqualTo(Answer.LAST);
    assertThat(roll.answer("m1", Asked.STEP)).isEqualTo(Answer.LATE);
    assertThat(roll.report()).isEqualTo(new StepReport(7_000, "m1", 1, 1));
    assertThat(roll.report().late()).as("told once").isZero();
  }

  @Test
  void answerToSomethingElseIsLate() {
    Roll roll = roll(1);
    roll.open(Asked.PARAMETERS, 0);
    assertThat(roll.answer("m0", Asked.STEP)).isEqualTo(Answer.LATE);
    assertThat(roll.answer("m0", Asked.PARAMETERS)).isEqualTo(Answer.LAST);
  }

  @Test
  void modelThatIsGoneIsNotWaitedFor() {
    Roll roll = roll(3);
    roll.open(Asked.STEP, 1);
    assertThat(roll.without("m0")).isFalse();
    assertThat(roll.answer("m1", Asked.STEP)).isEqualTo(Answer.COUNTED);
    assertThat(roll.without("m2")).as("the last one that was waited for").isTrue();
    roll.open(Asked.STEP, 2);
    assertThat(roll.takingPart()).extracting(PlannedModel::modelId).containsExactly("m1");
    assertThat(roll.answer("m0", Asked.STEP)).isEqualTo(Answer.LATE);
    assertThat(roll.answer("m1", Asked.STEP)).isEqualTo(Answer.LAST);
  }

  @Test
  void modelThatAnsweredAndWentIsCountedOnce() {
    Roll roll = roll(2);
    roll.open(Asked.STEP, 1);
    roll.answer("m0", Asked.STEP);
    assertThat(roll.without("m0")).isFalse();
    assertThat(roll.answer("m1", Asked.STEP)).isEqualTo(Answer.LAST);
  }

  @Test
  void announcementSaysWhetherTheStepIsDoneMissedOrGoingOn() {
    Roll roll = roll(3);
    roll.open(Asked.STEP, 5);
    assertThat(roll.announce("m0", true, 5, 5)).isEqualTo(Answer.COUNTED);
    assertThat(roll.announce("m0", true, 5, 5)).isEqualTo(Answer.LATE);
    assertThat(roll.announce("m1", true, 4, 4)).isEqualTo(Answer.MISSED);
    assertThat(roll.announce("m2", true, 5, 4)).as("is at it").isEqualTo(Answer.LATE);
    assertThat(roll.hasAnnounced("m2")).isTrue();
    assertThat(roll.announce("m1", true, 5, 5)).isEqualTo(Answer.COUNTED);
    assertThat(roll.announce("m2", true, 5, 5)).isEqualTo(Answer.LAST);
  }

  @Test
  void reopenedRollKeepsTheAnswersOfTheSameStep() {
    Roll roll = roll(2);
    roll.open(Asked.STEP, 1);
    roll.answer("m0", Asked.STEP);
    roll.reopen(Asked.STEP, 1);
    assertThat(roll.waitingFor()).containsExactly("m1");
    roll.answer("m1", Asked.STEP);
    roll.reopen(Asked.STEP, 1);
    assertThat(roll.waitingFor()).as("it is answered by all").isEmpty();
    roll.reopen(Asked.STEP, 2);
    assertThat(roll.waitingFor()).hasSize(2);
  }

  @Test
  void parametersGoToSoManyModelsAtATime() {
    Roll roll = roll(10);
    roll.openParameters(4);
    assertThat(roll.parametersDue()).isEmpty();
    roll.answer("m0", Asked.PARAMETERS);
    assertThat(roll.parametersDue()).isEmpty();
    roll.answer("m3", Asked.PARAMETERS);
    assertThat(roll.parametersDue()).isEqualTo(Optional.of(new Roll.Slice(4, 2)));
    assertThat(roll.parametersDue()).as("they are reserved").isEmpty();
    for (String model : List.of("m1", "m2", "m4", "m5")) {
      roll.answer(model, Asked.PARAMETERS);
    }
    assertThat(roll.parametersDue()).isEqualTo(Optional.of(new Roll.Slice(6, 4)));
    assertThat(roll.parametersDue()).isEmpty();
  }

  /** Against a clock that is counted down for each model. */
  @Test
  void eachStepWaitsForThoseThatHaveAPartInItAndForNobodyElse() {
    Seeded.cases(
        500,
        random -> {
          int models = 1 + random.nextInt(6);
          int[] every = random.ints(models, 1, 8).toArray();
          int[] left = new int[models];
          Roll roll =
              new Roll(
                  1,
                  IntStream.range(0, models)
                      .mapToObj(i -> new PlannedModel("m" + i, "s" + i, "image", List.of("o" + i)))
                      .toList(),
                  service -> every[Integer.parseInt(service.substring(1))],
                  nanos::get);
          int steps = 30;
          int[] asked = new int[models];
          for (int step = 1; step <= steps; step++) {
            List<String> due = new ArrayList<>();
            for (int i = 0; i < models; i++) {
              if (left[i] == 0) {
                due.add("m" + i);
                asked[i]++;
                left[i] = every[i];
              }
              left[i]--;
            }
            roll.open(Asked.STEP, step);
            assertThat(roll.takingPart()).extracting(PlannedModel::modelId).isEqualTo(due);
            assertThat(roll.waitingFor()).isEqualTo(due);
            assertThat(roll.isStepOver(step)).isEqualTo(due.isEmpty());
            List<String> order =
                new ArrayList<>(IntStream.range(0, models).mapToObj(i -> "m" + i).toList());
            Collections.shuffle(order, new Random(random.nextLong()));
            int last = 0;
            for (String model : order) {
              Answer answer =
                  random.nextBoolean()
                      ? roll.answer(model, Asked.STEP)
                      : roll.announce(model, true, step, step);
              assertThat(answer != Answer.LATE).isEqualTo(due.contains(model));
              last += answer == Answer.LAST ? 1 : 0;
            }
            assertThat(last).isEqualTo(due.isEmpty() ? 0 : 1);
            assertThat(roll.isStepOver(step)).isTrue();
          }
          for (int i = 0; i < models; i++) {
            assertThat(Rate.steps(every[i], steps)).isEqualTo(asked[i]);
          }
        });
  }

  @Test
  void modelWithoutAPartInAStepIsNotToldOfItAgain() {
    Roll roll =
        new Roll(
            1,
            List.of(
                new PlannedModel("slow", "slow", "i", List.of("a")),
                new PlannedModel("fast", "fast", "i", List.of("b"))),
            service -> service.equals("slow") ? 3 : 1,
            nanos::get);
    roll.open(Asked.STEP, 2);
    assertThat(roll.announce("slow", true, 1, 1)).isEqualTo(Answer.LATE);
    assertThat(roll.without("fast")).as("nobody else is waited for").isTrue();
    assertThat(roll.report().slowest()).isEmpty();
  }

  @Test
  void stepOfManyModelsThatAnswerAtOnceIsFinishedOnce() throws Exception {
    Roll roll = roll(400);
    for (int step = 1; step <= 20; step++) {
      roll.open(Asked.STEP, step);
      AtomicInteger last = new AtomicInteger();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 400; i++) {
          String model = "m" + i;
          var _ =
              threads.submit(() -> {
                if (roll.answer(model, Asked.STEP) == Answer.LAST) {
                  last.incrementAndGet();
                }
              });
        }
      }
      assertThat(last).hasValue(1);
    }
  }

  @Test
  void openForSaysHowLongAnswersAreWaitedFor() {
    Roll roll = roll(1);
    assertThat(roll.openFor(Duration.ZERO)).isFalse();
    roll.open(Asked.STEP, 1);
    nanos.addAndGet(Duration.ofSeconds(4).toNanos());
    assertThat(roll.openFor(Duration.ofSeconds(5))).isFalse();
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(roll.openFor(Duration.ofSeconds(5))).isTrue();
  }
}
