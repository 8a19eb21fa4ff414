package dev.tutti.dots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What holds for every topic, and for text that is none. */
final class AnyTopicTest {
  private static final List<String> PARTS =
      List.of(
          "",
          "/",
          "+",
          "#",
          "lifecycle",
          "model",
          "mso",
          "dots-so",
          "DOTS-SO",
          "essim",
          "healthcheck",
          "tutti",
          "log",
          "data",
          "sim",
          "DeployModels",
          "ReadyForProcessing",
          "SimulationDone",
          "\0",
          "\uD83D",
          "ü€😀");

  @Test
  void topicOfAnyIdsComesBackAsItWent() {
    Seeded.cases(
        50_000,
        random -> {
          TopicGrammar.Rule rule =
              TopicGrammar.RULES.get(random.nextInt(TopicGrammar.RULES.size()));
          Topic topic = rule.reading().apply(values(random));
          assertThat(Topic.parse(topic.text())).isEqualTo(topic);
        });
  }

  @Test
  void textIsATopicExactlyAsWrittenOrUnknown() {
    Seeded.cases(
        60_000,
        random -> {
          StringBuilder text = new StringBuilder();
          for (int parts = random.nextInt(9); parts > 0; parts--) {
            text.append(random.nextInt(10) == 0 ? "" : "/").append(part(random));
          }
          assertParses(text.toString());
        });
  }

  @Test
  void changedTopicIsATopicExactlyAsWrittenOrUnknown() {
    Seeded.cases(
        60_000,
        random -> {
          TopicGrammar.Rule rule =
              TopicGrammar.RULES.get(random.nextInt(TopicGrammar.RULES.size()));
          StringBuilder text = new StringBuilder(rule.reading().apply(values(random)).text());
          int from = random.nextInt(text.length());
          int to = Math.min(text.length(), from + random.nextInt(4));
          text.replace(from, to, part(random));
          assertParses(text.toString());
        });
  }

  private static void assertParses(String text) {
    Topic topic = Topic.parse(text);
    assertThat(topic.text()).isEqualTo(text);
    if (topic instanceof Topic.Unknown(String _, String reason)) {
      assertThat(reason).isNotBlank();
    }
  }

  private static String part(RandomGenerator random) {
    return random.nextBoolean()
        ? PARTS.get(random.nextInt(PARTS.size()))
        : new RandomMessages(random).text();
  }

  /** As many as any topic has; only the fifth of them is ever a number. */
  private static List<String> values(RandomGenerator random) {
    return List.of(
        id(random),
        id(random),
        id(random),
        id(random),
        Integer.toString(random.nextInt(1, 1_000_000_000)));
  }

  private static String id(RandomGenerator random) {
    while (true) {
      String text = new RandomMessages(random).text();
      if (ModelId.problem(text).isEmpty()) {
        return text;
      }
    }
  }
}
