package dev.tutti.core.doctor;

import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.Query;
import dev.tutti.core.workload.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deep: whether every record of a workload says what the backplane says. */
public final class WorkloadsCheck implements Check {

  private static final int NAMED = 10;

  private final Engine engine;
  private final Backplane backplane;

  public WorkloadsCheck(Engine engine, Backplane backplane) {
    this.engine = engine;
    this.backplane = backplane;
  }

  @Override
  public String name() {
    return "workloads";
  }

  @Override
  public List<Finding> look(boolean deep) {
    if (!deep) {
      return List.of(Finding.ok(this, "Records and backplane are compared with --deep."));
    }
    // Documents first: what they believe to run was there before the list is taken.
    List<Workload> records = records();
    Map<String, Observation> real = new HashMap<>();
    for (Observed seen : backplane.list()) {
      real.put(seen.id().value(), seen.observation());
    }
    List<Finding> wrong = new ArrayList<>();
    for (Workload record : records) {
      difference(record, real)
          .ifPresent(sentence -> {
            if (stillSo(record) && wrong.size() < NAMED) {
              wrong.add(
                  Finding.warning(
                      this,
                      sentence,
                      "The next comparison, every 30 s, mends it; `tutti workload explain %s` says more."
                          .formatted(record.id())));
            }
          });
    }
    return wrong.isEmpty()
        ? List.of(
            Finding.ok(this, "%d records agree with the backplane.".formatted(records.size())))
        : wrong;
  }

  private static Optional<String> difference(Workload record, Map<String, Observation> real) {
    Observation seen = real.get(record.id());
    return Optional.ofNullable(
            switch (record.state()) {
              case PLANNED -> seen == null ? null : "%s is planned, and is there already";
              case STARTING, RUNNING ->
                  seen == null
                      ? "%s is believed to run, and is not there"
                      : seen.terminal() ? "%s is believed to run, and has ended" : null;
              case ENDED ->
                  seen != null && !seen.terminal()
                      ? "%s is believed to have ended, and runs"
                      : null;
              case REMOVED ->
                  seen != null ? "%s is removed by its record, and is still there" : null;
            })
        .map(sentence -> sentence.formatted(record.id()) + ".");
  }

  /** It may have changed while we looked. */
  private boolean stillSo(Workload record) {
    return engine
        .store()
        .find(Workload.KIND, record.id())
        .filter(now -> now.body().equals(record))
        .isPresent();
  }

  private List<Workload> records() {
    List<Workload> all = new ArrayList<>();
    engine.store().each(Workload.KIND, Query.all(), document -> all.add(document.body()));
    return all;
  }
}
