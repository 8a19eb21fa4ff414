package dev.tutti.backplane.process;

import dev.tutti.backplane.testkit.OperationContract;
import dev.tutti.backplane.testkit.Workbench;
import java.io.IOException;

final class ProcessOperationTest extends OperationContract {

  @Override
  protected Workbench workbench() throws IOException {
    return new ProcessWorkbench();
  }
}
