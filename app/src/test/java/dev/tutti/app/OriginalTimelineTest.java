package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.backplane.Image;
import dev.tutti.dots.Decoded;
import dev.tutti.dots.EnvironmentVariable;
import dev.tutti.dots.LifecycleMessage;
import dev.tutti.dots.MessageType;
import dev.tutti.dots.ModelConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Two services as the original generator makes them, in a simulation of ours: the timeline that was
 * seen with the original orchestrators (spec DOTS 5.2).
 */
class OriginalTimelineTest {

  private static final Path PYTHON = Path.of("src/test/python").toAbsolutePath();

  private static final String TWO_ASSETS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <esdl:EnergySystem xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xmlns:esdl="http://www.tno.nl/esdl" id="system" name="Two">
        <instance id="instance"><area id="area">
          <asset xsi:type="esdl:ElectricityNetwork" id="b" name="Network">
            <port xsi:type="esdl:InPort" id="b-in" connectedTo="a-out"/>
          </asset>
          <asset xsi:type="esdl:Import" id="a" name="Import">
            <port xsi:type="esdl:OutPort" id="a-out" connectedTo="b-in"/>
          </asset>
        </area></instance>
      </esdl:EnergySystem>
      """;

  private static final String A = "mock-service1-1";
  private static final String B = "mock-service2-1";

  @Test
  void twoServicesAndTwoStepsAreTheTimelineOfTheOriginalOnMosquitto() throws Exception {
    try (Mosquitto broker = new Mosquitto();
        TestServer server = TestServer.on(broker)) {
      play(server);
    }
  }

  @Test
  void twoServicesAndTwoStepsAreTheTimelineOfTheOriginalOnTheEmbeddedBroker() throws Exception {
    try (TestServer server = TestServer.start()) {
      play(server);
    }
  }

  private static void play(TestServer server) throws Exception {
    server.awaitReady();
    for (String service : List.of("mock_service1", "mock_service2")) {
      server.app().images().add(service(service));
    }
    try (Wire wire = server.wire()) {
      JsonNode started =
          TestServer.JSON.readTree(
              server.send("POST", "/api/v1/simulations/start", request()).body());
      String id = started.get("id").asString();
      wire.awaitAll("dots-so", id);
      TestServer.await("the simulation succeeded", () -> succeeded(server, id));

      List<Wire.Heard> said =
          wire.heard(h -> h.topic().contains(id) && !h.topic().startsWith("/tutti/"));
      assertThat(said).noneMatch(Wire.Heard::retained);
      checkDeployment(said.getFirst());
      assertThat(json(only(said, id, A, "ModelParameters"), MessageType.MODEL_PARAMETERS))
          .startsWith(
              "{\"simulation_name\": \"simulation name\", \"start_timestamp\": 1674604800.0,"
                  + " \"time_step_seconds\": 3600, \"nr_of_time_steps\": 2,"
                  + " \"calculation_services\": [")
          .endsWith("\"esdl_ids\": [\"a\"]}");
      for (String model : List.of(A, B)) {
        List<Wire.Heard> steps =
            said.stream().filter(h -> h.topic().endsWith("/" + model + "/NewStep")).toList();
        assertThat(steps.stream().map(h -> json(h, MessageType.NEW_STEP)))
            .containsExactly(
                "{\"time_step_nr\": \"1\", \"start_time_stamp\": 1674612000.0}",
                "{\"time_step_nr\": \"2\", \"start_time_stamp\": 1674615600.0}");
      }
      assertThat(names(said))
          .containsSubsequence(
              "DeployModels",
              "ReadyForProcessing",
              "ReadyForProcessing",
              "ModelsReady",
              "ModelParameters",
              "ModelParameters",
              "Parameterized",
              "NewStep",
              "NewStep",
              "data_object1",
              "data_object2",
              "data_object3",
              "CalculationsDone",
              "NewStep",
              "NewStep",
              "data_object1",
              "CalculationsDone",
              "SimulationDone",
              "SimulationDone",
              "ModelHasTerminated",
              "ModelHasTerminated",
              "AllModelsHaveTerminated");
      assertThat(names(said)).filteredOn("CalculationsDone"::equals).hasSize(4);
      assertThat(names(said)).filteredOn("ModelsReady"::equals).hasSize(1);
      assertThat(wire.ends("dots-so", id)).containsExactlyInAnyOrder(A + " ", B + " ", "all");
    }
  }

  private static Image service(String name) {
    return new Image(
        name + ":1",
        List.of(
            "python3",
            "-B",
            "-u",
            PYTHON.resolve("generated_service.py").toString(),
            PYTHON.resolve("scenarios").resolve(name + ".json").toString()),
        "",
        Map.of());
  }

  private static String request() {
    return """
    {"start_date": "2023-01-25 00:00:00", "zone": "UTC", "time_step_seconds": 3600,
     "nr_of_time_steps": 2, "calculation_services": [
      {"esdl_type": "Import", "calc_service_name": "mock_service1",
       "service_image_url": "mock_service1:1", "nr_of_models": 1},
      {"esdl_type": "ElectricityNetwork", "calc_service_name": "mock_service2",
       "service_image_url": "mock_service2:1", "nr_of_models": 1}],
     "esdl_base64string": "%s"}
    """
        .formatted(Base64.getEncoder().encodeToString(TWO_ASSETS.getBytes(StandardCharsets.UTF_8)));
  }

  private static boolean succeeded(TestServer server, String id) {
    try {
      String body = server.send("GET", "/api/v1/simulations/" + id, "").body();
      return TestServer.JSON.readTree(body).get("outcome").asString().equals("succeeded");
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  /** In the order in which their objects stand in the file, each with the original's variables. */
  private static void checkDeployment(Wire.Heard heard) {
    LifecycleMessage.DeployModels request =
        switch (MessageType.DEPLOY_MODELS.decode(HexFormat.of().parseHex(heard.hex()))) {
          case Decoded.Message<LifecycleMessage.DeployModels>(
                  LifecycleMessage.DeployModels message) ->
              message;
          case Decoded.Malformed<LifecycleMessage.DeployModels>(String reason) ->
              throw new AssertionError(reason);
        };
    assertThat(request.simulatorId()).isEqualTo("SO");
    assertThat(request.modelConfigurations())
        .extracting(ModelConfiguration::modelId)
        .containsExactly(B, A);
    assertThat(request.modelConfigurations().getFirst().environmentVariables())
        .extracting(EnvironmentVariable::name)
        .containsExactly(
            "MQTT_HOST",
            "MQTT_PORT",
            "MQTT_QOS",
            "SIMULATOR_ID",
            "SIMULATION_ID",
            "MODEL_ID",
            "MQTT_USERNAME",
            "MQTT_PASSWORD",
            "INFLUXDB_HOST",
            "INFLUXDB_PORT",
            "INFLUXDB_USER",
            "INFLUXDB_PASSWORD",
            "INFLUXDB_NAME",
            "LOG_LEVEL");
  }

  private static Wire.Heard only(List<Wire.Heard> said, String id, String model, String name) {
    String topic = "/lifecycle/dots-so/model/%s/%s/%s".formatted(id, model, name);
    List<Wire.Heard> found = said.stream().filter(h -> h.topic().equals(topic)).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static String json(Wire.Heard heard, MessageType<?> type) {
    byte[] payload = HexFormat.of().parseHex(heard.hex());
    return switch (type.decode(payload)) {
      case Decoded.Message<?>(LifecycleMessage.NewStep(String json)) -> json;
      case Decoded.Message<?>(LifecycleMessage.ModelParameters(String json)) -> json;
      default -> throw new AssertionError("no JSON: " + heard);
    };
  }

  private static List<String> names(List<Wire.Heard> said) {
    return said.stream().map(Wire.Heard::last).toList();
  }
}
