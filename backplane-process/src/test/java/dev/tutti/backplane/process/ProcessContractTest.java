package dev.tutti.backplane.process;

import dev.tutti.backplane.testkit.BackplaneContract;
import dev.tutti.backplane.testkit.Workbench;
import java.io.IOException;

final class ProcessContractTest extends BackplaneContract {

  @Override
  protected Workbench workbench() throws IOException {
    return new ProcessWorkbench();
  }
}
