package dev.tutti.simulations;

import java.util.List;

/** What came of planning a sweep. */
sealed interface SweepPlanning {

  /** All of its simulations can work. */
  record Planned(SweepPlan plan) implements SweepPlanning {}

  /** Some cannot, and nothing was stored. */
  record Impossible(List<Finding> findings) implements SweepPlanning {
    public Impossible {
      findings = List.copyOf(findings);
    }
  }
}
