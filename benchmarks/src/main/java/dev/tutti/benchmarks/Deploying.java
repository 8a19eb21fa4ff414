package dev.tutti.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** From DeployModels to ModelsReady, on a backplane that costs nothing. */
final class Deploying implements Benchmark {

  private static final List<Integer> SIZES = List.of(1, 100, 1_000, 5_000);
  private static final int WARM_UP = 1_000;
  private static final int LARGE = 1_000;

  @Override
  public String name() {
    return "deploy";
  }

  @Override
  public List<Figure> run(Session session) throws Exception {
    List<Figure> figures = new ArrayList<>();
    Path folder = session.folder("deploy");
    try (ModelsRig rig = new ModelsRig(folder)) {
      for (int i = 0; i < session.repetitions(3, 2); i++) {
        deploy(rig, WARM_UP);
      }
      for (int size : SIZES) {
        List<Double> rates = new ArrayList<>();
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < session.repetitions(5, 3); i++) {
          double seconds = deploy(rig, size);
          session.say("%,d models: %.0f ms".formatted(size, seconds * 1000));
          rates.add(size / seconds);
          millis.add(seconds * 1000);
        }
        figures.add(Figure.of("%,d models, until ModelsReady".formatted(size), millis, "ms"));
        String what = "%,d models".formatted(size);
        figures.add(
            size < LARGE
                ? Figure.of(what, rates, "models/s")
                : Figure.of(what, rates, "models/s", Budget.atLeast(1_000)));
      }
    }
    Session.delete(folder);
    return figures;
  }

  private static double deploy(ModelsRig rig, int models) throws InterruptedException {
    double seconds = rig.deploy(models);
    rig.end();
    return seconds;
  }
}
