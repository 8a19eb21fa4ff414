package dev.tutti.cli;

import dev.tutti.api.SweepView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How sweeps look to a person. */
final class SweepTexts {
  private final Clock clock;

  SweepTexts(Clock clock) {
    this.clock = clock;
  }

  Table<SweepView> table() {
    return new Table<>(
        List.of(
            Column.of("SWEEP", SweepView::id),
            Column.of("SIMULATIONS", s -> Integer.toString(s.simulations())),
            Column.of("WAITING", s -> Integer.toString(s.waiting())),
            Column.of("SUCCEEDED", s -> Integer.toString(s.succeeded())),
            Column.of("UNSUCCESSFUL", s -> Integer.toString(s.unsuccessful())),
            Column.of("AGE", this::age),
            Column.shrinking("PARAMETERS", s -> String.join(", ", s.parameters()))));
  }

  private String age(SweepView sweep) {
    Instant created = sweep.created();
    return created == null ? "" : Age.of(Duration.between(created, clock.instant()));
  }

  /** A line per simulation, with its parameters as columns. */
  static Table<SweepView.Member> members(SweepView sweep) {
    List<Column<SweepView.Member>> columns = new ArrayList<>();
    if (!sweep.id().isEmpty()) {
      columns.add(Column.of("SIMULATION", SweepView.Member::simulation));
      columns.add(Column.state(SweepTexts::state));
      columns.add(Column.of("STEP", m -> m.finished() + "/" + m.steps()));
    }
    for (int i = 0; i < sweep.parameters().size(); i++) {
      int number = i;
      columns.add(Column.of(sweep.parameters().get(i), m -> m.values().get(number)));
    }
    if (!sweep.id().isEmpty()) {
      columns.add(Column.shrinking("REASON", SweepView.Member::reason));
    }
    return new Table<>(columns);
  }

  static String state(SweepView.Member member) {
    return member.state().equals("ended") ? member.outcome() : member.state();
  }

  Details details(SweepView sweep) {
    return new Details(clock.getZone())
        .line("sweep", sweep.id())
        .line("name", sweep.name())
        .line("simulations", sweep.simulations())
        .line("waiting", sweep.waiting() == 0 ? "" : sweep.waiting())
        .line("succeeded", sweep.succeeded() == 0 ? "" : sweep.succeeded())
        .line("unsuccessful", sweep.unsuccessful() == 0 ? "" : sweep.unsuccessful())
        .line("models", sweep.models() == 0 ? "" : sweep.models() + " in all")
        .line("messages", sweep.messages() == 0 ? "" : sweep.messages() + " in all")
        .line("created", sweep.created())
        .block("warnings", sweep.warnings());
  }
}
