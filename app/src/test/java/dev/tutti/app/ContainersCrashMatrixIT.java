package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.backplane.testkit.PrivateEngine;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The crash matrix with containers of a real engine: records end as they do undisturbed, and no
 * container is left, wherever the server halts, and also when its engine is killed while it is down
 * and while models end.
 */
class ContainersCrashMatrixIT {

  private static final PrivateEngine ENGINE = PrivateEngine.shared();
  private static final int MODELS = 2;

  @BeforeAll
  static void makeImage(@TempDir Path folder) throws Exception {
    CrashingContainers.makeImage(ENGINE, folder);
  }

  @AfterAll
  static void nothingIsLeft() {
    CrashingContainers.removeImage(ENGINE);
    assertThat(ENGINE.docker("ps", "-aq")).isEmpty();
    assertThat(ENGINE.docker("volume", "ls", "-q")).isEmpty();
  }

  @Test
  void outcomeIsTheSameWhereverTheServerOfContainersHalts() throws Exception {
    matrix("containers", 2, false).play(CrashMatrix.spread(5));
  }

  @Test
  void outcomeIsTheSameWhenTheEngineIsKilledAsWell() throws Exception {
    matrix("containers-engine", 1, true).play(CrashMatrix.spread(2));
  }

  @Test
  @Tag("long")
  void outcomeIsTheSameAtEveryPositionWithContainers() throws Exception {
    matrix("containers-long", 2, false).play(CrashMatrix.every(1, 1));
  }

  @Test
  @Tag("long")
  void outcomeIsTheSameAtManyPositionsWithAnEngineThatIsKilled() throws Exception {
    matrix("containers-engine-long", 1, true).play(CrashMatrix.every(1, 3));
  }

  private static CrashMatrix matrix(String name, int sideBySide, boolean engineFails) {
    return new CrashMatrix(name, false, sideBySide, () -> chain(engineFails));
  }

  private static CrashChain chain(boolean engineFails) throws Exception {
    return new CrashChain(new CrashingContainers(ENGINE, engineFails), false, MODELS);
  }
}
