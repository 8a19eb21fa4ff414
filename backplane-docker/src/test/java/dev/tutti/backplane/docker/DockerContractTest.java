package dev.tutti.backplane.docker;

import dev.tutti.backplane.testkit.BackplaneContract;
import dev.tutti.backplane.testkit.Workbench;
import java.io.IOException;

final class DockerContractTest extends BackplaneContract {

  @Override
  protected Workbench workbench() throws IOException {
    return new DockerWorkbench();
  }
}
