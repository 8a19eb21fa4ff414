package dev.tutti.simulations;

import dev.tutti.api.SweepView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Sweeps as our API shows them. */
final class SweepViews {

  private static final String FORGOTTEN = "forgotten";

  private SweepViews() {}

  /**
   * A sweep and how far its simulations are.
   *
   * @param find gives those that are kept still
   * @param members whether to show them one by one
   */
  static SweepView of(Sweep sweep, Function<String, Optional<Simulation>> find, boolean members) {
    List<SweepView.Member> all = new ArrayList<>();
    for (Sweep.Member member : sweep.members()) {
      all.add(
          find.apply(member.simulation())
              .map(simulation -> member(member, simulation))
              .orElseGet(() ->
                  new SweepView.Member(
                      member.simulation(), member.values(), FORGOTTEN, "", 0, 0, "")));
    }
    return new SweepView(
        sweep.id(),
        sweep.name(),
        sweep.created(),
        all.size(),
        count(all, m -> m.state().equals(Phase.WAITING.word())),
        count(all, m -> m.outcome().equals(Verdict.Outcome.SUCCEEDED.word())),
        count(
            all,
            m ->
                !m.outcome().isEmpty()
                    && !m.outcome().equals(Verdict.Outcome.OPEN.word())
                    && !m.outcome().equals(Verdict.Outcome.SUCCEEDED.word())),
        sweep.parameters(),
        members ? all : List.of(),
        0,
        0,
        List.of());
  }

  /** A sweep that is not there yet. */
  static SweepView of(SweepPlan plan) {
    List<String> parameters = plan.order().parameters();
    return new SweepView(
        "",
        plan.base().request().name(),
        null,
        plan.size(),
        0,
        0,
        0,
        parameters,
        plan.order().sets().stream()
            .map(set -> new SweepView.Member("", values(parameters, set), "planned", "", 0, 0, ""))
            .toList(),
        plan.models(),
        plan.messages(),
        plan.warnings());
  }

  /** A value for each parameter; empty where a set does not have it. */
  static List<String> values(List<String> parameters, List<SweepOrder.Value> set) {
    return parameters.stream()
        .map(name ->
            set.stream()
                .filter(value -> value.name().equals(name))
                .map(value -> value.setting().value())
                .findFirst()
                .orElse(""))
        .toList();
  }

  private static SweepView.Member member(Sweep.Member member, Simulation simulation) {
    return new SweepView.Member(
        member.simulation(),
        member.values(),
        simulation.phase().word(),
        simulation.verdict().outcome().word(),
        simulation.steps().finished(),
        simulation.request().nrOfTimeSteps(),
        simulation.verdict().reason());
  }

  private static int count(List<SweepView.Member> members, Predicate<SweepView.Member> which) {
    return (int) members.stream().filter(which).count();
  }
}
