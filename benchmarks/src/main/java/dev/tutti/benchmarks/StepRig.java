package dev.tutti.benchmarks;

import java.nio.file.Path;
import java.util.List;

/** The simulation orchestrator and models that are fast, in one process. */
final class StepRig implements AutoCloseable {

  private static final long LATEST_SECONDS = 300;

  private final SimulationRig server;
  private final SteppedModels models;

  StepRig(Path folder, int port) throws Exception {
    server = new SimulationRig(folder, port);
    models = new SteppedModels(port);
  }

  /** Milliseconds from one step to the next, without those of the warm-up. */
  List<Double> run(int count, int warmUp, int steps) throws InterruptedException {
    int all = warmUp + steps + 1;
    models.expect(count, false);
    var _ = server.start(count, all);
    return models.await(all, LATEST_SECONDS).subList(warmUp, warmUp + steps);
  }

  @Override
  public void close() {
    models.close();
    server.close();
  }
}
