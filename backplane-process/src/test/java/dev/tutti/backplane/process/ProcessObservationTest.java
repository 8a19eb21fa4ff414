package dev.tutti.backplane.process;

import dev.tutti.backplane.testkit.ObservationContract;
import dev.tutti.backplane.testkit.Workbench;
import java.io.IOException;

final class ProcessObservationTest extends ObservationContract {

  @Override
  protected Workbench workbench() throws IOException {
    return new ProcessWorkbench();
  }
}
