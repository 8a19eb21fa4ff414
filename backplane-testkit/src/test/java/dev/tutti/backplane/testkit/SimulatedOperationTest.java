package dev.tutti.backplane.testkit;

final class SimulatedOperationTest extends OperationContract {

  @Override
  protected Workbench workbench() {
    return new SimulatedWorkbench();
  }
}
