package dev.tutti.dots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TopicTest {
  private static final SimulatorName NAME = new SimulatorName("dots-so");
  private static final SimulationId SIMULATION = new SimulationId("sim02-abc");
  private static final ModelId MODEL = new ModelId("0-model");
  private static final SimulatorId SIMULATOR = new SimulatorId("204-asd");

  /** Every topic of the protocol's table, in its order; written out, as peers see them. */
  static List<Arguments> topics() {
    return List.of(
        arguments(
            "/lifecycle/dots-so/mso/sim02-abc/DeployModels",
            new Topic.DeployModels(NAME, SIMULATION)),
        arguments(
            "/lifecycle/model/mso/sim02-abc/0-model/ReadyForProcessing",
            new Topic.ReadyForProcessing(SIMULATION, MODEL)),
        arguments(
            "/lifecycle/mso/dots-so/sim02-abc/ModelsReady",
            new Topic.ModelsReady(NAME, SIMULATION)),
        arguments(
            "/lifecycle/mso/dots-so/sim02-abc/0-model/ModelHasTerminated",
            new Topic.ModelHasTerminated(NAME, SIMULATION, MODEL)),
        arguments(
            "/lifecycle/mso/dots-so/sim02-abc/AllModelsHaveTerminated",
            new Topic.AllModelsHaveTerminated(NAME, SIMULATION)),
        arguments(
            "/lifecycle/dots-so/model/sim02-abc/0-model/ModelParameters",
            new Topic.ModelParameters(SIMULATION, MODEL)),
        arguments(
            "/lifecycle/model/dots-so/sim02-abc/0-model/Parameterized",
            new Topic.Parameterized(SIMULATION, MODEL)),
        arguments(
            "/lifecycle/dots-so/model/sim02-abc/0-model/NewStep",
            new Topic.NewStep(SIMULATION, MODEL)),
        arguments(
            "/lifecycle/model/dots-so/sim02-abc/0-model/CalculationsDone",
            new Topic.CalculationsDone(SIMULATION, MODEL)),
        arguments(
            "/lifecycle/model/dots-so/sim02-abc/0-model/ErrorOccurred",
            new Topic.ErrorOccurred(SIMULATION, MODEL)),
        arguments(
            "/lifecycle/dots-so/model/sim02-abc/0-model/SimulationDone",
            new Topic.SimulationDoneToModel(SIMULATION, MODEL)),
        arguments(
            "/lifecycle/essim/mso/sim02-abc/SimulationDone",
            new Topic.SimulationDoneToMso(new SimulatorName("essim"), SIMULATION)),
        arguments(
            "/data/pv_service/model/sim02-abc/esdl-1/run_time",
            new Topic.Data("pv_service", SIMULATION, "esdl-1", "run_time")),
        arguments("/log/model/dots-so/sim02-abc/0-model", new Topic.Log(SIMULATION, MODEL)),
        arguments(
            "/lifecycle/mso/dots-so/sim02-abc/0-model/UnhealthyModel",
            new Topic.UnhealthyModel(NAME, SIMULATION, MODEL)),
        arguments(
            "/healthcheck/dots-so/mso/204-asd/PingHealthSOToMSO",
            new Topic.PingHealthSoToMso(NAME, SIMULATOR)),
        arguments(
            "/healthcheck/mso/dots-so/204-asd/PongHealthMSOToSO",
            new Topic.PongHealthMsoToSo(NAME, SIMULATOR)),
        arguments(
            "/healthcheck/mso/model/0-model/PingHealthMSOToModel",
            new Topic.PingHealthMsoToModel(MODEL)),
        arguments(
            "/healthcheck/model/mso/0-model/PongHealthModelToMSO",
            new Topic.PongHealthModelToMso(MODEL)),
        arguments(
            "/lifecycle/essim/mso/204-asd/PingHealthESSIMToMSO",
            new Topic.PingHealthEssimToMso(SIMULATOR)),
        arguments(
            "/lifecycle/mso/essim/sim02-abc/PongHealthMSOToEssim",
            new Topic.PongHealthMsoToEssim(SIMULATION)),
        arguments(
            "/tutti/mso/dots-so/sim02-abc/0-model/Reason",
            new Topic.Reason(NAME, SIMULATION, MODEL)),
        arguments(
            "/tutti/model/sim02-abc/0-model/Announcement",
            new Topic.Announcement(SIMULATION, MODEL)),
        arguments("/tutti/so/sim02-abc/WhereAreYou", new Topic.WhereAreYou(SIMULATION)),
        arguments(
            "/tutti/data/sim02-abc/pv_service/esdl-1/run_time/17",
            new Topic.RepeatedData(SIMULATION, "pv_service", "esdl-1", "run_time", 17)));
  }

  @ParameterizedTest
  @MethodSource("topics")
  void topicIsBuiltAsInTheTable(String text, Topic topic) {
    assertThat(topic.text()).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("topics")
  void topicIsParsedAsInTheTable(String text, Topic topic) {
    assertThat(Topic.parse(text)).isEqualTo(topic);
  }

  @Test
  void repeatedDataHaveAStep() {
    for (String step : List.of("0", "-1", "x", "1.5", "01", "1234567890")) {
      assertThat(Topic.parse("/tutti/data/sim/service/object/name/" + step))
          .isInstanceOfSatisfying(
              Topic.Unknown.class,
              unknown -> assertThat(unknown.reason()).startsWith("the step is no number"));
    }
  }

  @ParameterizedTest
  @MethodSource("topics")
  void topicHasOneFormOnly(String text) {
    List<String> segments = List.of(text.split("/"));
    assertThat(TopicGrammar.RULES)
        .filteredOn(rule -> rule.form().match(segments).isPresent())
        .hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("topics")
  void lastSegmentNamesTheTypeOfTheMessages(String text, Topic topic) {
    String last = text.substring(text.lastIndexOf('/') + 1);
    assertThat(topic.messageType()).isEqualTo(MessageType.named(last));
  }

  @Test
  void tableHereHasEveryForm() {
    assertThat(topics()).hasSameSizeAs(TopicGrammar.RULES);
    assertThat(topics()).hasSize(Topic.class.getPermittedSubclasses().length - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "'', does not begin",
    "lifecycle/dots-so/mso/s/DeployModels, does not begin",
    "/, no topic of DOTS",
    "//////, no topic of DOTS",
    "////////, more segments",
    "/lifecycle/dots-so/mso/DeployModels, no topic of DOTS",
    "/lifecycle/dots-so/mso/s/DeployModels/, no topic of DOTS",
    "/lifecycle/dots-so/mso/s/m/DeployModels, no topic of DOTS",
    "/lifecycle/dots-so/mso/s/deploymodels, no topic of DOTS",
    "/lifecycle/dots-so/mso/a/b/c/d/DeployModels, more segments",
    "/lifecycle/dots-so/mso//DeployModels, the simulation id is empty",
    "/lifecycle//mso/s/DeployModels, the simulator name is empty",
    "/lifecycle/DOTS-SO/mso/s/DeployModels, not in lower case",
    "/lifecycle/model/mso/s//ReadyForProcessing, the model id is empty",
    "/lifecycle/model/mso/s/+/ReadyForProcessing, the model id has one of",
    "/lifecycle/model/other-so/s/m/CalculationsDone, no topic of DOTS",
    "/data/service/model/s//name, the ESDL id is empty",
    "/log/model/dots-so/s/#, the model id has one of",
    "/tutti/mso/dots-so/s/m/Cause, no topic of DOTS"
  })
  void otherTopicIsUnknownForAReason(String text, String reason) {
    assertThat(Topic.parse(text))
        .isInstanceOfSatisfying(
            Topic.Unknown.class,
            unknown -> {
              assertThat(unknown.text()).isEqualTo(text);
              assertThat(unknown.reason()).contains(reason);
            });
  }

  static Stream<String> hugeTopics() {
    return Stream.of(
        "/".repeat(65_535),
        "x".repeat(65_535),
        "/lifecycle/model/mso/s/" + "m".repeat(65_000) + "/ReadyForProcessing",
        "/log/model/dots-so/s/" + "\uD83D".repeat(1000));
  }

  @ParameterizedTest
  @MethodSource("hugeTopics")
  void hugeTopicIsUnknown(String text) {
    assertThat(Topic.parse(text)).isInstanceOf(Topic.Unknown.class);
  }

  @Test
  void modelMayHaveTheNameOfAMessage() {
    Topic.Log log = new Topic.Log(SIMULATION, new ModelId("DeployModels"));
    assertThat(Topic.parse(log.text())).isEqualTo(log);
    assertThat(log.messageType()).isEmpty();
  }
}
