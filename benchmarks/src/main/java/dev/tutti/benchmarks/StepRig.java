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

  /**
   * Without what was the warm-up.
   *
   * @param steps milliseconds from one step to the next, as a model sees them
   * @param turnarounds milliseconds of them from the last answer until the next step was out
   */
  record Run(List<Double> steps, List<Double> turnarounds) {}

  Run run(int count, int warmUp, int steps) throws InterruptedException {
    int all = warmUp + steps + 1;
    models.expect(count, false);
    var _ = server.turnarounds();
    var _ = server.start(count, all);
    List<Double> seen = models.await(all, LATEST_SECONDS);
    List<Double> own = server.turnarounds();
    return new Run(
        seen.subList(warmUp, warmUp + steps),
        own.subList(Math.min(warmUp, own.size()), own.size()));
  }

  @Override
  public void close() {
    models.close();
    server.close();
  }
}
