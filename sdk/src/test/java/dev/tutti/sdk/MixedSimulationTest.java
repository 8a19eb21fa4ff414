package dev.tutti.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Models of the SDK and services as the generator makes them, in one simulation over a real broker:
 * whichever of the two calculates a service, the others receive the same.
 */
final class MixedSimulationTest {
  private static final int STEPS = 3;

  private final Mosquitto broker = new Mosquitto();
  private final List<AutoCloseable> started = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : started) {
      one.close();
    }
    broker.close();
  }

  record DataObject1(List<Double> variable1, Map<String, Object> variable2) {}

  record DataObject2(double variable3) {}

  record DataObject3(int variable4, String variable5) {}

  record Radiation(List<Double> irradiance) {}

  record RunTime(double timeSeconds) {}

  record Energy(List<Double> energy) {}

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

  @Test
  void twoServicesExchangeTheSameWhicheverOfThemIsOurs() throws Exception {
    List<String> allGenerated = twoServices(false, false);

    assertThat(allGenerated)
        .containsExactlyInAnyOrder(
            "1 a DataObject1[variable1=[1.0, 2.0, 3.0], variable2={step=1, name=a}]",
            "1 b DataObject2[variable3=6.0]",
            "1 b DataObject3[variable4=-4, variable5=from a]",
            "2 a DataObject1[variable1=[2.0, 2.0, 3.0], variable2={step=2, name=a}]",
            "2 b DataObject2[variable3=7.0]",
            "2 b DataObject3[variable4=-3, variable5=from a]",
            "3 a DataObject1[variable1=[3.0, 2.0, 3.0], variable2={step=3, name=a}]",
            "3 b DataObject2[variable3=8.0]",
            "3 b DataObject3[variable4=-2, variable5=from a]");
    assertThat(twoServices(true, false)).containsExactlyInAnyOrderElementsOf(allGenerated);
    assertThat(twoServices(false, true)).containsExactlyInAnyOrderElementsOf(allGenerated);
    assertThat(twoServices(true, true)).containsExactlyInAnyOrderElementsOf(allGenerated);
  }

  private List<String> twoServices(boolean firstIsOurs, boolean secondIsOurs) throws Exception {
    Map<String, String> services =
        Map.of("Import", "mock_service1", "ElectricityNetwork", "mock_service2");
    try (TinyOrchestrator orchestrator = new TinyOrchestrator(broker)) {
      Running first = start(firstIsOurs, "mock_service1", mockService1());
      Running second = start(secondIsOurs, "mock_service2", mockService2());
      orchestrator.awaitReady(first.model, second.model);
      orchestrator.parameterize(
          second.model, TinyOrchestrator.parameters(TWO_ASSETS, services, STEPS, List.of("b")));
      orchestrator.parameterize(
          first.model, TinyOrchestrator.parameters(TWO_ASSETS, services, STEPS, List.of("a")));
      List<String> exchanged = new ArrayList<>();
      for (int step = 1; step <= STEPS; step++) {
        int before = orchestrator.heard().size();
        orchestrator.step(step, second.model, first.model);
        for (TinyOrchestrator.Heard heard : dataSince(orchestrator, before)) {
          exchanged.add("%d %s %s".formatted(step, heard.topic().split("/", -1)[5], read(heard)));
        }
      }
      orchestrator.done(first.model, second.model);
      assertThat(first.exitCode()).isZero();
      assertThat(second.exitCode()).isZero();
      assertThat(orchestrator.heard()).noneMatch(heard -> heard.endsWith("ErrorOccurred"));
      return exchanged;
    }
  }

  @Test
  void generatedServiceMayTakePartLessOftenThanOursThatReceivesFromIt() throws Exception {
    try (TinyOrchestrator orchestrator = new TinyOrchestrator(broker)) {
      Running slow = start(false, "mock_service1", mockService1());
      Running ours = start(true, "mock_service2", mockService2());
      parameterize(orchestrator, slow, ours, 2, 1);

      List<Record> sums = new ArrayList<>();
      for (int step = 1; step <= 4; step++) {
        if (step % 2 == 1) {
          orchestrator.step(step, ours.model, slow.model);
        } else {
          orchestrator.step(step, ours.model);
        }
        sums.add(read(orchestrator.heard("data_object2").getLast()));
      }
      orchestrator.done(slow.model, ours.model);

      assertThat(sums)
          .containsExactly(
              new DataObject2(6), new DataObject2(6), new DataObject2(8), new DataObject2(8));
      assertThat(List.of(slow.exitCode(), ours.exitCode())).containsOnly(0);
      assertThat(orchestrator.heard("ErrorOccurred")).isEmpty();
    }
  }

  @Test
  void generatedServicePassesOverTheNumberOfTheStepInOurData() throws Exception {
    try (TinyOrchestrator orchestrator = new TinyOrchestrator(broker)) {
      Running ours = start(true, "mock_service1", mockService1());
      Running generated = start(false, "mock_service2", mockService2());
      parameterize(orchestrator, ours, generated, 2, 2);

      orchestrator.step(1, generated.model, ours.model);
      orchestrator.step(3, generated.model, ours.model);
      orchestrator.done(ours.model, generated.model);

      assertThat(orchestrator.heard("data_object1"))
          .extracting(heard -> StepMark.of(heard.payload()))
          .containsExactly(1, 3);
      assertThat(read(orchestrator.heard("data_object2").getLast())).isEqualTo(new DataObject2(8));
      assertThat(List.of(ours.exitCode(), generated.exitCode())).containsOnly(0);
      assertThat(orchestrator.heard("ErrorOccurred")).isEmpty();
    }
  }

  private static void parameterize(
      TinyOrchestrator orchestrator,
      Running sender,
      Running receiver,
      int every,
      int receivesEvery) {
    Map<String, String> services =
        Map.of("Import", "mock_service1", "ElectricityNetwork", "mock_service2");
    orchestrator.awaitReady(sender.model, receiver.model);
    Map<String, String> objects = Map.of(sender.model, "a", receiver.model, "b");
    objects.forEach((model, object) ->
        orchestrator.parameterize(
            model,
            TinyOrchestrator.parameters(TWO_ASSETS, services, 4, List.of(object))
                .replace("\"mock_service1\"", "\"mock_service1\", \"every\": " + every)
                .replace("\"mock_service2\"", "\"mock_service2\", \"every\": " + receivesEvery)));
  }

  @Test
  void threeServicesWithFifteenRoofsGoOnWithARoofModelOfOurs() throws Exception {
    String esdl = fiveConnectionsOfThreeRoofs();
    Map<String, String> services = new LinkedHashMap<>();
    services.put("EConnection", "econnection_service");
    services.put("PVInstallation", "pvinstallation_service");
    services.put("EnergySystem", "energy_system_service");
    List<String> roofs = IntStream.range(0, 15).mapToObj(i -> "pv" + i).toList();
    List<String> connections = IntStream.range(0, 5).mapToObj(i -> "ec" + i).toList();
    for (boolean ours : List.of(false, true)) {
      try (TinyOrchestrator orchestrator = new TinyOrchestrator(broker)) {
        Running system = start(false, "energy_system", mockService1());
        Running pv = start(ours, "pvinstallation", roofService());
        Running connection = start(false, "econnection", mockService1());
        orchestrator.awaitReady(system.model, pv.model, connection.model);
        orchestrator.parameterize(
            connection.model, TinyOrchestrator.parameters(esdl, services, STEPS, connections));
        orchestrator.parameterize(
            pv.model, TinyOrchestrator.parameters(esdl, services, STEPS, roofs));
        orchestrator.parameterize(
            system.model, TinyOrchestrator.parameters(esdl, services, STEPS, List.of("system")));
        for (int step = 1; step <= STEPS; step++) {
          orchestrator.step(step, connection.model, pv.model, system.model);
        }
        orchestrator.done(connection.model, pv.model, system.model);

        assertThat(List.of(system.exitCode(), pv.exitCode(), connection.exitCode()))
            .containsOnly(0);
        assertThat(orchestrator.count("solar_radiation")).isEqualTo(STEPS);
        assertThat(orchestrator.count("pv_installation_run_time")).isEqualTo(15 * STEPS);
        assertThat(orchestrator.count("solar_energy")).isEqualTo(15 * STEPS);
        assertThat(orchestrator.count("econnection_run_time")).isEqualTo(5 * STEPS);
        assertThat(orchestrator.count("CalculationsDone")).isEqualTo(3 * STEPS);
        // A generated service gives its function what all its objects receive: 15 quarters of 300.
        assertThat(read(orchestrator.heard("econnection_run_time").getLast()))
            .isEqualTo(new RunTime(15 * 75));
      }
    }
  }

  @Test
  void pythonServiceFailsAsGeneratedOnesDo() throws Exception {
    try (TinyOrchestrator orchestrator = new TinyOrchestrator(broker)) {
      Running early = start(false, "mock_service1", mockService1());
      orchestrator.awaitReady(early.model);
      orchestrator.ask(early.model, 1);

      assertThat(early.exitCode()).isZero();
      assertThat(orchestrator.heard("ErrorOccurred").getFirst().text())
          .contains("NewStep before ModelParameters");
    }
  }

  /** A model of either kind. */
  private record Running(String model, Exit exit) {
    int exitCode() throws Exception {
      return exit.code();
    }
  }

  private interface Exit {
    int code() throws Exception;
  }

  private Running start(boolean ours, String scenario, Service service) {
    String model = scenario.replace('_', '-') + "-1";
    Map<String, String> environment = TinyOrchestrator.environment(broker, model);
    if (ours) {
      return new Running(model, new ModelThread(service, environment)::exitCode);
    }
    PythonService python = new PythonService(scenario, environment);
    started.add(python);
    return new Running(model, python::exitCode);
  }

  private static Service mockService1() {
    Output<DataObject1> output = Output.named("data_object1", DataObject1.class);
    return Service.named("mock_service1")
        .calculation("calc1")
        .sends(output)
        .calculates((step, object, _) -> {
          Map<String, Object> variable2 = new LinkedHashMap<>();
          variable2.put("step", step.number());
          variable2.put("name", object.id());
          return output.of(new DataObject1(List.of((double) step.number(), 2.0, 3.0), variable2));
        });
  }

  private static Service mockService2() {
    Input<DataObject1> input = Input.from("mock_service1", "data_object1", DataObject1.class);
    Output<DataObject2> output2 = Output.named("data_object2", DataObject2.class);
    Output<DataObject3> output3 = Output.named("data_object3", DataObject3.class);
    return Service.named("mock_service2")
        .calculation("calc1")
        .receives(input)
        .sends(output2)
        .calculates((_, _, inputs) ->
            output2.of(
                new DataObject2(
                    inputs.only(input).variable1().stream().mapToDouble(one -> one).sum())))
        .calculation("calc2")
        .receives(input)
        .sends(output3)
        .calculates((_, _, inputs) -> {
          Number step = (Number) inputs.only(input).variable2().getOrDefault("step", 0);
          String origin = inputs.byOrigin(input).keySet().iterator().next();
          return output3.of(new DataObject3(step.intValue() - 5, "from " + origin));
        });
  }

  private static Service roofService() {
    Input<Radiation> radiation =
        Input.from("energy_system_service", "solar_radiation", Radiation.class);
    Output<RunTime> runTime = Output.named("pv_installation_run_time", RunTime.class);
    Output<Energy> energy = Output.named("solar_energy", Energy.class);
    return Service.named("pvinstallation_service")
        .calculation("solar_yield")
        .receives(radiation)
        .sends(runTime)
        .sends(energy)
        .calculates((_, _, inputs) ->
            runTime
                .of(new RunTime(2.4))
                .and(
                    energy,
                    new Energy(
                        inputs.only(radiation).irradiance().stream()
                            .map(one -> one / 4)
                            .toList())));
  }

  private static String fiveConnectionsOfThreeRoofs() {
    StringBuilder assets = new StringBuilder();
    for (int connection = 0; connection < 5; connection++) {
      List<String> ports = new ArrayList<>();
      for (int roof = connection * 3; roof < connection * 3 + 3; roof++) {
        ports.add("pv%d-out".formatted(roof));
      }
      assets.append(
          """
          <asset xsi:type="esdl:EConnection" id="ec%1$d"><port xsi:type="esdl:InPort" id="ec%1$d-in" connectedTo="%2$s"/></asset>
          """
              .formatted(connection, String.join(" ", ports)));
      for (int roof = connection * 3; roof < connection * 3 + 3; roof++) {
        assets.append(
            """
            <asset xsi:type="esdl:PVInstallation" id="pv%1$d"><port xsi:type="esdl:OutPort" id="pv%1$d-out" connectedTo="ec%2$d-in"/></asset>
            """
                .formatted(roof, connection));
      }
    }
    return """
    <esdl:EnergySystem xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        xmlns:esdl="http://www.tno.nl/esdl" id="system" name="Five">
      <instance id="instance"><area id="area">%s</area></instance>
    </esdl:EnergySystem>
    """
        .formatted(assets);
  }

  private static List<TinyOrchestrator.Heard> dataSince(TinyOrchestrator orchestrator, int before) {
    return orchestrator.heard().stream()
        .skip(before)
        .filter(heard -> heard.topic().startsWith("/data/"))
        .toList();
  }

  private static Record read(TinyOrchestrator.Heard heard) throws IOException {
    String topic = heard.topic();
    Class<? extends Record> form =
        switch (topic.substring(topic.lastIndexOf('/') + 1)) {
          case "data_object1" -> DataObject1.class;
          case "data_object2" -> DataObject2.class;
          case "data_object3" -> DataObject3.class;
          case "econnection_run_time" -> RunTime.class;
          default -> throw new AssertionError("unexpected " + topic);
        };
    return MessageForm.of(form).decode(heard.payload());
  }
}
