package dev.tutti.backplane.docker;

import dev.tutti.backplane.testkit.OperationContract;
import dev.tutti.backplane.testkit.Workbench;
import java.io.IOException;

final class DockerOperationTest extends OperationContract {

  @Override
  protected Workbench workbench() throws IOException {
    return new DockerWorkbench();
  }
}
