package dev.tutti.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Models that end together, until all is reported: the time must grow with their number only. */
final class Ending implements Benchmark {

  private static final List<Integer> SIZES = List.of(20, 50, 100, 200, 400);
  private static final int LARGEST = 400;

  @Override
  public String name() {
    return "ending";
  }

  @Override
  public List<Figure> run(Session session) throws Exception {
    List<Figure> figures = new ArrayList<>();
    Path folder = session.folder("ending");
    try (ModelsRig rig = new ModelsRig(folder)) {
      for (int i = 0; i < session.repetitions(5, 3); i++) {
        rig.deploy(LARGEST);
        rig.end();
      }
      for (int size : SIZES) {
        List<Double> fromFirst = new ArrayList<>();
        List<Double> fromLast = new ArrayList<>();
        List<Double> each = new ArrayList<>();
        for (int i = 0; i < session.repetitions(9, 5); i++) {
          rig.deploy(size);
          ModelsRig.Ended ended = rig.end();
          fromFirst.add(ended.fromFirst());
          fromLast.add(ended.fromLast());
          each.add(ended.fromFirst() / size);
        }
        session.say("%d models: %.0f ms".formatted(size, Figure.percentile(fromFirst, 50)));
        figures.add(
            size == LARGEST
                ? Figure.of(size + " models, last end", fromLast, "ms", Budget.atMost(1_000))
                : Figure.of(size + " models, last end", fromLast, "ms"));
        figures.add(Figure.of(size + " models, first end", fromFirst, "ms"));
        figures.add(Figure.of(size + " models, first end, for each", each, "ms"));
      }
    }
    Session.delete(folder);
    return figures;
  }
}
