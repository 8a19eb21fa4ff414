package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.dots.Decoded;
import dev.tutti.dots.EnvironmentVariable;
import dev.tutti.dots.LifecycleMessage;
import dev.tutti.dots.MessageType;
import dev.tutti.dots.ModelConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * Services as the original generator makes them, in simulations of ours: the timelines that were
 * seen with the original orchestrators (spec DOTS 5.2 and 5.3), and the same bytes when one of the
 * services is a model of our SDK.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OriginalTimelines {

  private static final String A = "mock-service1-1";
  private static final String B = "mock-service2-1";

  private static final String CONNECTIONS = "econnection-service-1";
  private static final String ROOFS = "pvinstallation-service-1";
  private static final String SYSTEM = "energy-system-service-1";

  private static final int THE_SYSTEM = 0;
  private static final int CONNECTION = 1;
  private static final int ROOF = 2;
  private static final int ROOF_PORT = 3;

  private TestServer server;

  abstract TestServer start();

  abstract void end();

  @BeforeAll
  void startServer() {
    server = start();
    server.awaitReady();
    OriginalServices.register(server.app());
  }

  @AfterAll
  void stopServer() {
    try {
      server.close();
    } finally {
      end();
    }
  }

  @Test
  void twoServicesAndTwoStepsAreTheTimelineOfTheOriginal() throws Exception {
    Play generated = twoServices(OriginalServices.generated("mock_service1"));
    checkTwoServices(generated);
    Play mixed = twoServices(OriginalServices.ours("mock_service1"));
    checkTwoServices(mixed);
    assertThat(mixed.data()).isEqualTo(generated.data());
  }

  @Test
  void threeServicesAndThreeStepsAreTheTimelineOfTheOriginal() throws Exception {
    Play generated = threeServices(OriginalServices.generated("pvinstallation"));
    checkThreeServices(generated);
    Play mixed = threeServices(OriginalServices.ours("pvinstallation"));
    checkThreeServices(mixed);
    assertThat(mixed.data()).isEqualTo(generated.data());
  }

  // ---- two services

  private Play twoServices(String first) throws Exception {
    return play(
        2,
        """
        {"esdl_type": "Import", "calc_service_name": "mock_service1",
         "service_image_url": "%s", "nr_of_models": 1},
        {"esdl_type": "ElectricityNetwork", "calc_service_name": "mock_service2",
         "service_image_url": "%s", "nr_of_models": 1}
        """
            .formatted(first, OriginalServices.generated("mock_service2")),
        esdl(
            "system",
            """
            <asset xsi:type="esdl:ElectricityNetwork" id="b" name="Network">
              <port xsi:type="esdl:InPort" id="b-in" connectedTo="a-out"/>
            </asset>
            <asset xsi:type="esdl:Import" id="a" name="Import">
              <port xsi:type="esdl:OutPort" id="a-out" connectedTo="b-in"/>
            </asset>
            """));
  }

  private static void checkTwoServices(Play play) {
    checkDeployment(play, List.of(B, A));
    assertThat(play.json(A, MessageType.MODEL_PARAMETERS, "ModelParameters"))
        .singleElement()
        .asString()
        .startsWith(
            "{\"simulation_name\": \"simulation name\", \"start_timestamp\": 1674604800.0,"
                + " \"time_step_seconds\": 3600, \"nr_of_time_steps\": 2,"
                + " \"calculation_services\": [")
        .endsWith("\"esdl_ids\": [\"a\"]}");
    checkSteps(play, 2, List.of(B, A));
    assertThat(play.names())
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
    checkOnce(play, List.of(B, A), 2);
  }

  // ---- three services

  private Play threeServices(String roofs) throws Exception {
    StringBuilder assets = new StringBuilder();
    for (int i = 1; i <= 5; i++) {
      String ports = String.join(" ", ids(ROOF_PORT).subList(3 * (i - 1), 3 * i));
      assets.append(
          """
          <asset xsi:type="esdl:EConnection" id="%s" name="Connection">
            <port xsi:type="esdl:InPort" id="in%d" connectedTo="%s"/></asset>
          """
              .formatted(id(CONNECTION, i), i, ports));
    }
    for (int i = 1; i <= 15; i++) {
      assets.append(
          """
          <asset xsi:type="esdl:PVInstallation" id="%s" name="Roof %d">
            <port xsi:type="esdl:OutPort" id="%s" connectedTo="in%d"/></asset>
          """
              .formatted(id(ROOF, i), i, id(ROOF_PORT, i), (i + 2) / 3));
    }
    return play(
        3,
        """
        {"esdl_type": "PVInstallation", "calc_service_name": "pvinstallation_service",
         "service_image_url": "%s", "nr_of_models": 1},
        {"esdl_type": "EConnection", "calc_service_name": "econnection_service",
         "service_image_url": "%s", "nr_of_models": 1},
        {"esdl_type": "EnergySystem", "calc_service_name": "energy_system_service",
         "service_image_url": "%s", "nr_of_models": 1}
        """
            .formatted(
                roofs,
                OriginalServices.generated("econnection"),
                OriginalServices.generated("energy_system")),
        esdl(id(THE_SYSTEM, 1), assets.toString()));
  }

  private void checkThreeServices(Play play) throws Exception {
    List<String> models = List.of(CONNECTIONS, ROOFS, SYSTEM);
    checkDeployment(play, models);
    checkObjects(play, CONNECTIONS, ids(CONNECTION).subList(0, 5));
    checkObjects(play, ROOFS, ids(ROOF));
    checkObjects(play, SYSTEM, List.of(id(THE_SYSTEM, 1)));
    checkSteps(play, 3, models);
    for (List<Wire.Heard> step : play.steps()) {
      checkOrder(step);
    }
    checkBytes(play.data());
    checkOnce(play, models, 3);
    checkResults(play.simulation());
  }

  private static void checkObjects(Play play, String model, List<String> ids) {
    assertThat(play.json(model, MessageType.MODEL_PARAMETERS, "ModelParameters"))
        .singleElement()
        .asString()
        .endsWith("\"esdl_ids\": [\"" + String.join("\", \"", ids) + "\"]}");
  }

  /** What depends on nothing but the data comes in the order of the data. */
  private static void checkOrder(List<Wire.Heard> step) {
    List<String> data = new ArrayList<>();
    data.addAll(Collections.nCopies(3, "NewStep"));
    data.add("solar_radiation");
    for (int i = 0; i < 15; i++) {
      data.addAll(List.of("pv_installation_run_time", "solar_energy"));
    }
    data.addAll(Collections.nCopies(5, "econnection_run_time"));
    List<String> names = step.stream().map(Wire.Heard::last).toList();
    assertThat(names.stream().filter(name -> !name.equals("CalculationsDone")))
        .containsExactlyElementsOf(data);
    assertThat(names).hasSize(data.size() + 3);
    List<String> models =
        step.stream()
            .map(h -> h.last().equals("CalculationsDone") ? h.topic().split("/", -1)[5] : h.last())
            .toList();
    assertThat(models.indexOf(ROOFS)).isGreaterThan(models.lastIndexOf("solar_energy"));
    for (String waiting : List.of(CONNECTIONS, SYSTEM)) {
      assertThat(models.indexOf(waiting)).isGreaterThan(models.lastIndexOf("econnection_run_time"));
    }
  }

  /** As spec DOTS 4.4 has them: the id of 36 characters, then a double or a packed list of some. */
  private static void checkBytes(List<List<String>> data) {
    for (int step = 1; step <= 3; step++) {
      List<String> expected = new ArrayList<>();
      expected.add(
          datum("energy_system_service", id(THE_SYSTEM, 1), "solar_radiation")
              + ("1210" + hex(100.0 * step) + hex(200.0 * step)));
      for (String roof : ids(ROOF)) {
        expected.add(
            datum("pvinstallation_service", roof, "pv_installation_run_time")
                + "113333333333330340");
        expected.add(
            datum("pvinstallation_service", roof, "solar_energy")
                + ("1210" + hex(25.0 * step) + hex(50.0 * step)));
      }
      for (String connection : ids(CONNECTION).subList(0, 5)) {
        expected.add(
            datum("econnection_service", connection, "econnection_run_time")
                + ("11" + hex(15 * 25.0 * step)));
      }
      assertThat(data.get(step - 1)).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static String datum(String service, String id, String name) {
    return "/data/%s/model//%s/%s 0a24%s"
        .formatted(
            service, id, name, HexFormat.of().formatHex(id.getBytes(StandardCharsets.UTF_8)));
  }

  private static String hex(double value) {
    return HexFormat.of().toHexDigits(Long.reverseBytes(Double.doubleToLongBits(value)));
  }

  /** 15 series of 3 points. */
  private void checkResults(String simulation) throws Exception {
    String results = "/simulations/" + simulation + "/results";
    assertThat(server.get(results).get("measurements").toString())
        .isEqualTo("[\"pvinstallation\"]");
    List<String> rows =
        server
            .send("GET", "/api/v1" + results + "/pvinstallation", "")
            .body()
            .lines()
            .skip(1)
            .toList();
    List<String> expected = new ArrayList<>();
    for (int hour = 0; hour < 3; hour++) {
      for (int i = 1; i <= 15; i++) {
        expected.add("2023-01-25T%02d:00:00Z,%s,Roof %d,%s".formatted(hour, id(ROOF, i), i, ROOFS));
      }
    }
    assertThat(rows.stream().map(row -> String.join(",", List.of(row.split(",")).subList(0, 4))))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  // ---- both

  private Play play(int steps, String services, String esdl) throws Exception {
    String request =
        """
        {"start_date": "2023-01-25 00:00:00", "zone": "UTC", "time_step_seconds": 3600,
         "nr_of_time_steps": %d, "calculation_services": [%s], "esdl_base64string": "%s"}
        """
            .formatted(
                steps,
                services,
                Base64.getEncoder().encodeToString(esdl.getBytes(StandardCharsets.UTF_8)));
    try (Wire wire = server.wire()) {
      String answer = server.send("POST", "/api/v1/simulations/start", request).body();
      JsonNode started = TestServer.JSON.readTree(answer);
      assertThat(started.has("id")).as(answer).isTrue();
      String id = started.get("id").asString();
      wire.awaitAll("dots-so", id);
      TestServer.await("the simulation succeeded", () -> succeeded(id));
      return Play.of(wire, id);
    }
  }

  private boolean succeeded(String id) {
    try {
      return server.get("/simulations/" + id).get("outcome").asString().equals("succeeded");
    } catch (IOException gone) {
      throw new AssertionError(gone);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** In the order in which their objects stand in the file, each with the original's variables. */
  private static void checkDeployment(Play play, List<String> models) {
    Wire.Heard heard = play.said().getFirst();
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
        .containsExactlyElementsOf(models);
    assertThat(request.modelConfigurations())
        .allSatisfy(model ->
            assertThat(model.environmentVariables())
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
                    "LOG_LEVEL"));
  }

  /** A NewStep to each model in each step, with the time stamps of the original. */
  private static void checkSteps(Play play, int steps, List<String> models) {
    List<String> expected =
        IntStream.rangeClosed(1, steps)
            .mapToObj(step ->
                "{\"time_step_nr\": \"%d\", \"start_time_stamp\": %d.0}"
                    .formatted(step, 1674604800L + (step + 1) * 3600L))
            .toList();
    assertThat(play.steps()).hasSize(steps);
    for (String model : models) {
      assertThat(play.json(model, MessageType.NEW_STEP, "NewStep"))
          .containsExactlyElementsOf(expected);
    }
  }

  /** What is said once, or once in a step, is not said more often, and not kept by the broker. */
  private static void checkOnce(Play play, List<String> models, int steps) {
    assertThat(play.said()).noneMatch(Wire.Heard::retained);
    for (String model : models) {
      assertThat(play.payloads(model, "ReadyForProcessing")).containsExactly("");
      assertThat(play.payloads(model, "Parameterized")).containsExactly("");
      assertThat(play.payloads(model, "CalculationsDone"))
          .containsExactlyElementsOf(Collections.nCopies(steps, ""));
      assertThat(play.payloads(model, "SimulationDone")).containsExactly("");
      assertThat(play.payloads(model, "ModelHasTerminated")).containsExactly("");
    }
    assertThat(play.names()).filteredOn("ModelsReady"::equals).hasSize(1);
    assertThat(play.names()).filteredOn("AllModelsHaveTerminated"::equals).hasSize(1);
    assertThat(play.names().getLast()).isEqualTo("AllModelsHaveTerminated");
  }

  private static List<String> ids(int kind) {
    return IntStream.rangeClosed(1, 15).mapToObj(i -> id(kind, i)).toList();
  }

  /** Of 36 characters, as the editors of energy systems make them. */
  private static String id(int kind, int number) {
    return "%08d-0000-4000-8000-%012d".formatted(kind, number);
  }

  private static String esdl(String id, String assets) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <esdl:EnergySystem xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        xmlns:esdl="http://www.tno.nl/esdl" id="%s" name="System">
      <instance id="instance"><area id="area">%s</area></instance>
    </esdl:EnergySystem>
    """
        .formatted(id, assets);
  }
}
