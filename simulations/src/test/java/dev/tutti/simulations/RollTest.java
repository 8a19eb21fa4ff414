package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.simulations.Roll.Answer;
import dev.tutti.simulations.Roll.Asked;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
    assertThat(roll.present()).extracting(PlannedModel::modelId).containsExactly("m1");
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
