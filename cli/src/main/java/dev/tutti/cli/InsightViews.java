package dev.tutti.cli;

import dev.tutti.api.OrphanView;
import dev.tutti.api.StuckOwnerView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** How what is stuck or orphaned looks to a person. */
final class InsightViews {
  private final Clock clock;

  InsightViews(Clock clock) {
    this.clock = clock;
  }

  Table<StuckOwnerView> stuckOwners() {
    return new Table<>(
        List.of(
            Column.of("OWNER", StuckOwnerView::owner),
            Column.of("SINCE", owner -> age(owner.since())),
            Column.of("WAITING", owner -> Integer.toString(owner.waiting())),
            Column.of("MESSAGE", StuckOwnerView::message),
            Column.shrinking("REASON", StuckOwnerView::reason)));
  }

  Table<OrphanView> orphans() {
    return new Table<>(
        List.of(
            Column.of("WORKLOAD", OrphanView::id),
            Column.state(OrphanView::state),
            Column.of("AGE", orphan -> age(orphan.since())),
            Column.of("PLACE", OrphanView::place),
            Column.shrinking("IMAGE", OrphanView::image),
            Column.shrinking("LABELS", InsightViews::labels)));
  }

  private static String labels(OrphanView orphan) {
    return orphan.labels().entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(" "));
  }

  private String age(Instant since) {
    return Age.of(Duration.between(since, clock.instant()));
  }
}
