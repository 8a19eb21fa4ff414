package dev.tutti.dots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that were seen on the wire between the original programs. */
final class GoldenBytesTest {

  @ParameterizedTest
  @CsvSource({"FAILED, 1, 08 01 10 01", "FAILED, 2, 08 01 10 02", "SUCCESSFULL, 0, ''"})
  void endOfAModelIsAsSeen(TerminationStatus status, int exitCode, String hex) {
    assertIs(
        MessageType.MODEL_HAS_TERMINATED,
        new LifecycleMessage.ModelHasTerminated(status, exitCode),
        Wire.hex(hex));
  }

  @Test
  void deploymentWithoutModelsIsAsSeen() {
    assertIs(
        MessageType.DEPLOY_MODELS,
        new LifecycleMessage.DeployModels("SO", List.of(), 1.0),
        Wire.hex("0a 02 53 4f 19 00 00 00 00 00 00 f0 3f"));
  }

  @Test
  void deploymentOfTheFakeSimulatorIsAsSeen() throws IOException {
    byte[] golden = fakeSimulatorDeployment();
    assertThat(golden)
        .hasSize(861)
        .startsWith(Wire.hex("0a 07 32 30 34 2d 61 73 64 12 ca 01 0a 07 30 2d 6d 6f 64 65 6c"));
    assertIs(
        MessageType.DEPLOY_MODELS,
        new LifecycleMessage.DeployModels(
            "204-asd",
            List.of(fakeModel(0, ""), fakeModel(1, "1"), fakeModel(2, "2"), fakeModel(3, "")),
            0.0),
        golden);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ReadyForProcessing",
        "ModelsReady",
        "Parameterized",
        "CalculationsDone",
        "SimulationDone",
        "AllModelsHaveTerminated"
      })
  void messageWithoutFieldsIsNoBytes(String name) {
    MessageType<?> type = MessageType.named(name).orElseThrow();
    assertThat(type.decode(new byte[0]))
        .isInstanceOfSatisfying(
            Decoded.Message.class,
            decoded -> {
              DotsMessage message = (DotsMessage) decoded.message();
              assertThat(RandomMessages.typeOf(message)).isSameAs(type);
              assertThat(message.encode()).isEmpty();
            });
  }

  @Test
  void essimNeitherKnowsNorSendsKeepLogsHours() {
    // essimID and containerURL are the same numbers under other names; field 3 is absent.
    byte[] fromEssim =
        new Wire()
            .text(1, "essim")
            .message(2, new Wire().text(1, "m1").text(2, "registry/model:1").bytes())
            .bytes();
    assertIs(
        MessageType.DEPLOY_MODELS,
        new LifecycleMessage.DeployModels(
            "essim", List.of(new ModelConfiguration("m1", "registry/model:1", List.of())), 0.0),
        fromEssim);
  }

  static byte[] fakeSimulatorDeployment() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            GoldenBytesTest.class.getResourceAsStream("fake-simulator-DeployModels.hex"))) {
      return Wire.hex(new String(file.readAllBytes(), StandardCharsets.US_ASCII));
    }
  }

  private static ModelConfiguration fakeModel(int number, String exitCode) {
    String id = number + "-model";
    List<EnvironmentVariable> environment = new ArrayList<>();
    environment.add(new EnvironmentVariable("MQTT_HOST", "host.docker.internal"));
    environment.add(new EnvironmentVariable("MQTT_PORT", "1883"));
    environment.add(new EnvironmentVariable("SIMULATOR_ID", "so01"));
    environment.add(new EnvironmentVariable("SIMULATION_ID", "sim02-abc"));
    environment.add(new EnvironmentVariable("MODEL_ID", id));
    environment.add(new EnvironmentVariable("MQTT_USERNAME", "dots"));
    environment.add(new EnvironmentVariable("MQTT_PASSWORD", "dotspass"));
    if (!exitCode.isEmpty()) {
      environment.add(new EnvironmentVariable("EXIT_CODE", exitCode));
    }
    return new ModelConfiguration(id, "fake_model:0.0.1", environment);
  }

  private static <T extends DotsMessage> void assertIs(
      MessageType<T> type, T message, byte[] golden) {
    assertThat(message.encode()).isEqualTo(golden);
    assertThat(Wire.of(message)).isEqualTo(golden);
    assertThat(type.decode(golden)).isEqualTo(new Decoded.Message<>(message));
  }

  @Test
  void fakeSimulatorGivesExitCodesToTwoModels() throws IOException {
    assertThat(MessageType.DEPLOY_MODELS.decode(fakeSimulatorDeployment()))
        .isInstanceOfSatisfying(
            Decoded.Message.class,
            decoded ->
                assertThat(
                        ((LifecycleMessage.DeployModels) decoded.message()).modelConfigurations())
                    .extracting(model -> Map.copyOf(model.environment()).get("EXIT_CODE"))
                    .containsExactly(null, "1", "2", null));
  }
}
