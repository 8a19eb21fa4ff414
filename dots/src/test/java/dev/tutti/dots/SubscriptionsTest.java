package dev.tutti.dots;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SubscriptionsTest {
  private static final SimulatorName NAME = new SimulatorName("Dots-SO");
  private static final SimulationId SIMULATION = new SimulationId("sim");

  @Test
  void msoListensToWhatConcernsItAndToNothingElse() {
    assertThat(Subscriptions.mso(NAME))
        .containsExactly(
            "/lifecycle/dots-so/mso/+/DeployModels",
            "/lifecycle/model/mso/+/+/ReadyForProcessing",
            "/lifecycle/dots-so/mso/+/SimulationDone");
  }

  @Test
  void soListensToItsMsoAndToItsModels() {
    assertThat(Subscriptions.so(NAME))
        .containsExactly(
            "/lifecycle/mso/dots-so/+/ModelsReady",
            "/lifecycle/mso/dots-so/+/+/ModelHasTerminated",
            "/lifecycle/mso/dots-so/+/AllModelsHaveTerminated",
            "/lifecycle/model/dots-so/+/+/Parameterized",
            "/lifecycle/model/dots-so/+/+/CalculationsDone",
            "/lifecycle/model/dots-so/+/+/ErrorOccurred",
            "/lifecycle/mso/dots-so/+/+/UnhealthyModel",
            "/tutti/mso/dots-so/+/+/Reason",
            "/tutti/model/+/+/Announcement");
  }

  @Test
  void logsAreThoseOfOneSimulation() {
    assertThat(Subscriptions.logs(SIMULATION)).containsExactly("/log/model/dots-so/sim/+");
  }

  @Test
  void logsAreThoseOfAllSimulations() {
    assertThat(Subscriptions.logs()).containsExactly("/log/model/dots-so/+/+");
  }

  @Test
  void modelListensToItsSo() {
    assertThat(Subscriptions.model(SIMULATION, new ModelId("m")))
        .containsExactly(
            "/lifecycle/dots-so/model/sim/m/ModelParameters",
            "/lifecycle/dots-so/model/sim/m/NewStep",
            "/lifecycle/dots-so/model/sim/m/SimulationDone");
  }

  @Test
  void modelOfOursListensToWhetherItIsAskedAndToWhatIsRepeated() {
    assertThat(Subscriptions.announcing(SIMULATION)).containsExactly("/tutti/so/sim/WhereAreYou");
    assertThat(Subscriptions.data(SIMULATION, "pv_service", "pv1", "pv_power"))
        .containsExactly(
            "/data/pv_service/model/sim/pv1/pv_power", "/tutti/data/sim/pv_service/pv1/pv_power/+");
  }
}
