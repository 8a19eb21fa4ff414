package dev.tutti.benchmarks;

import java.util.List;

/** Measures one claim. */
interface Benchmark {

  /** How it is named on the command line. */
  String name();

  /** Measures, with warm-up, and gives what it saw. Leaves nothing behind. */
  List<Figure> run(Session session) throws Exception;
}
