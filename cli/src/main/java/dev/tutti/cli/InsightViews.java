package dev.tutti.cli;

import dev.tutti.api.OrphanView;
import dev.tutti.api.StuckOwnerView;
import dev.tutti.api.TokenView;
import dev.tutti.api.UserView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

  Table<UserView> users() {
    return new Table<>(
        List.of(
            Column.of("USER", UserView::name),
            Column.of("ROLE", UserView::role),
            Column.of("AGE", user -> age(user.created())),
            Column.of("PASSWORD SET", user -> age(user.passwordSet()) + " ago")));
  }

  Table<TokenView> tokens() {
    return new Table<>(
        List.of(
            Column.of("TOKEN", TokenView::name),
            Column.of("ROLE", TokenView::role),
            Column.of("USER", token -> Objects.requireNonNullElse(token.user(), "")),
            Column.of("AGE", token -> token.created() == null ? "" : age(token.created())),
            Column.of(
                "LAST USED",
                token -> token.lastUsed() == null ? "" : age(token.lastUsed()) + " ago"),
            Column.of("EXPIRES", token -> expires(token.expires()))));
  }

  private String expires(@Nullable Instant expires) {
    return expires == null ? "" : "in " + Age.of(Duration.between(clock.instant(), expires));
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
