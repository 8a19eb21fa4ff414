package dev.tutti.backplane.docker;

import dev.tutti.backplane.testkit.ObservationContract;
import dev.tutti.backplane.testkit.Workbench;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class DockerObservationTest extends ObservationContract {

  @Override
  protected Workbench workbench() throws IOException {
    return new DockerWorkbench();
  }

  @Test
  @Tag("long")
  @Timeout(300)
  void twoHundredRunAtOnce() throws Exception {
    crowd(200);
  }
}
