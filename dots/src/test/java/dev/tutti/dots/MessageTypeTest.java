package dev.tutti.dots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageTypeTest {

  static List<MessageType<?>> types() {
    return MessageType.all();
  }

  @ParameterizedTest
  @MethodSource("types")
  void typeIsFoundByItsName(MessageType<?> type) {
    assertThat(MessageType.named(type.wireName()).orElseThrow()).isSameAs(type);
  }

  @Test
  void typeIsFoundByTheNameThatEssimHasForIt() {
    assertThat(MessageType.named("PingHealthESSIMToMSO").orElseThrow())
        .isSameAs(MessageType.PING_HEALTH_SO_TO_MSO);
    assertThat(MessageType.named("PongHealthMSOToEssim").orElseThrow())
        .isSameAs(MessageType.PONG_HEALTH_MSO_TO_SO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "newstep", "Parametrized", "NewStep ", "DeployModels/"})
  void nameThatIsOnNoTopicIsOfNoType(String name) {
    assertThat(MessageType.named(name)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("types")
  void fieldsOfANewerPeerAreIgnored(MessageType<?> type) {
    byte[] newer =
        new Wire().number(100, 7).text(101, "new").number(102, 1.5).message(103, of(1)).bytes();
    assertThat(type.decode(newer)).isEqualTo(type.decode(new byte[0]));
  }

  @ParameterizedTest
  @MethodSource("types")
  void cutFieldIsMalformedForEveryType(MessageType<?> type) {
    assertThat(type.decode(of(0x52, 5, 1)))
        .isInstanceOfSatisfying(
            Decoded.Malformed.class,
            malformed -> assertThat(malformed.reason()).startsWith("3 bytes are no " + type));
  }

  @ParameterizedTest
  @CsvSource({
    "DeployModels, 1",
    "ModelParameters, 1",
    "NewStep, 1",
    "ErrorOccurred, 1",
    "PingHealthSOToMSO, 2",
    "PingHealthSOToMSO, 3"
  })
  void textThatIsNotUtf8IsMalformed(String name, int field) {
    byte[] latin = new Wire().message(field, of('c', 'a', 'f', 0xE9)).bytes();
    assertThat(MessageType.named(name).orElseThrow().decode(latin))
        .isInstanceOfSatisfying(
            Decoded.Malformed.class,
            malformed -> assertThat(malformed.reason()).contains(name).contains("UTF-8"));
  }

  @Test
  void endWithAnUnknownStatusIsNoSuccess() {
    assertThat(MessageType.MODEL_HAS_TERMINATED.decode(new Wire().number(1, 7).bytes()))
        .isEqualTo(
            new Decoded.Message<>(
                new LifecycleMessage.ModelHasTerminated(TerminationStatus.FAILED, 0)));
  }

  @Test
  void healthOfAnUnknownKindIsNotHealthy() {
    assertThat(MessageType.PONG_HEALTH_MSO_TO_SO.decode(new Wire().number(1, -3).bytes()))
        .isEqualTo(
            new Decoded.Message<>(
                new HealthMessage.PongHealthMsoToSo(HealthStatus.UNHEALTHY, List.of())));
  }

  @Test
  void modelMayBeUnhealthyInAWayThatWeDoNotKnow() {
    assertThat(MessageType.UNHEALTHY_MODEL.decode(new Wire().number(1, 1).bytes()))
        .isEqualTo(
            new Decoded.Message<>(
                new LifecycleMessage.UnhealthyModel(UnhealthyModelStatus.UNRECOGNISED)));
  }

  @Test
  void payloadDoesNotSayOfWhichTypeItIs() {
    byte[] payload = new LifecycleMessage.NewStep("{}").encode();
    assertThat(MessageType.ERROR_OCCURRED.decode(payload))
        .isEqualTo(new Decoded.Message<>(new LifecycleMessage.ErrorOccurred("{}")));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        -1,
        -0.0,
        Double.MAX_VALUE
      })
  void anyKeepLogsHoursArrives(double hours) {
    var message = new LifecycleMessage.DeployModels("so", List.of(), hours);
    assertThat(MessageType.DEPLOY_MODELS.decode(message.encode()))
        .isEqualTo(new Decoded.Message<>(message));
  }

  @Test
  void halfACharacterIsSentAsTheReplacementCharacter() {
    var cut = new LifecycleMessage.ErrorOccurred("\uDE00 a \uD83D\uDE00 b \uD83D");
    assertThat(MessageType.ERROR_OCCURRED.decode(cut.encode()))
        .isEqualTo(
            new Decoded.Message<>(
                new LifecycleMessage.ErrorOccurred("\uFFFD a \uD83D\uDE00 b \uFFFD")));
  }

  @Test
  void tenThousandModelsAreRead() {
    List<EnvironmentVariable> environment =
        Collections.nCopies(14, new EnvironmentVariable("SIMULATION_ID", "a-simulation-of-many"));
    var message =
        new LifecycleMessage.DeployModels(
            "so",
            Collections.nCopies(10_000, new ModelConfiguration("m", "image", environment)),
            1);
    byte[] payload = message.encode();
    assertThat(payload).hasSizeGreaterThan(5_000_000);
    assertThat(MessageType.DEPLOY_MODELS.decode(payload)).isEqualTo(new Decoded.Message<>(message));
  }

  @Test
  void deploymentThatWouldFillTheMemoryIsRefused() {
    assertThat(MessageType.DEPLOY_MODELS.decode(new byte[MessageType.LARGEST_DEPLOYMENT + 1]))
        .isInstanceOfSatisfying(
            Decoded.Malformed.class,
            malformed -> assertThat(malformed.reason()).contains("16777217").contains("16777216"));
  }

  private static byte[] of(int... values) {
    byte[] bytes = new byte[values.length];
    for (int index = 0; index < values.length; index++) {
      bytes[index] = (byte) values[index];
    }
    return bytes;
  }
}
