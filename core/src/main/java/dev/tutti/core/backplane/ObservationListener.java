package dev.tutti.core.backplane;

/** Hears what a backplane sees. Must return quickly; must not throw. */
@FunctionalInterface
public interface ObservationListener {

  void observed(WorkloadId id, Observation observation);
}
