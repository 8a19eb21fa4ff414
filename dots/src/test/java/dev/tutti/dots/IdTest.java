package dev.tutti.dots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IdTest {

  static Stream<String> noSegments() {
    return Stream.concat(
        Stream.of("", "a/b", "/", "+", "a+", "#", "a\0", "\uD83D", "a\uDE00", "x".repeat(4097)),
        Stream.of("a\nb", "\u0001", "\u007F", "\u0085", "\uFFFF", "\uFDD0", "\uD83F\uDFFE"));
  }

  @ParameterizedTest
  @MethodSource("noSegments")
  void idThatCannotBeASegmentIsRejectedWithTheReason(String text) {
    assertRejected(text, ModelId::new, ModelId.problem(text));
    assertRejected(text, SimulationId::new, SimulationId.problem(text));
    assertRejected(text, SimulatorId::new, SimulatorId.problem(text));
    assertRejected(text, SimulatorName::new, SimulatorName.problem(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", " ", "0-model", "a_B.c", "$", "ünï", "\uD83D\uDE00", "{model id}"})
  void everythingElseIsAnId(String text) {
    assertThat(ModelId.problem(text)).isEmpty();
    assertThat(new ModelId(text)).hasToString(text);
    assertThat(new SimulationId(text)).hasToString(text);
    assertThat(new SimulatorId(text)).hasToString(text);
  }

  @Test
  void simulatorNameIsInLowerCase() {
    assertThat(new SimulatorName("DOTS-SO")).isEqualTo(new SimulatorName("dots-so"));
  }

  @Test
  void longestIdsStillFitIntoATopic() {
    String longest = "\u20AC".repeat(4096);
    String topic = new Topic.Data(longest, new SimulationId(longest), longest, longest).text();
    assertThat(topic.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(65_536);
  }

  @ParameterizedTest
  @MethodSource("noSegments")
  void dataTopicRejectsWhatCannotBeASegment(String text) {
    SimulationId simulation = new SimulationId("s");
    assertThatThrownBy(() -> new Topic.Data(text, simulation, "e", "d"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Topic.Data("s", simulation, text, "d"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Topic.Data("s", simulation, "e", text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertRejected(
      String text, Function<String, Object> id, Optional<String> problem) {
    assertThat(problem).isPresent();
    assertThatThrownBy(() -> id.apply(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(problem.get());
  }
}
