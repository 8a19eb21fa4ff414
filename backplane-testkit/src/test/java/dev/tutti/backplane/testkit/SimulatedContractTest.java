package dev.tutti.backplane.testkit;

final class SimulatedContractTest extends BackplaneContract {

  @Override
  protected Workbench workbench() {
    return new SimulatedWorkbench();
  }
}
