package dev.tutti.backplane.testkit;

final class SimulatedObservationTest extends ObservationContract {

  @Override
  protected Workbench workbench() {
    return new SimulatedWorkbench();
  }
}
