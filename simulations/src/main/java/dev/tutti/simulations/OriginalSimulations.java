package dev.tutti.simulations;

import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Request;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** What the routes of the original do with simulations. */
final class OriginalSimulations {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Simulations simulations;
  private final Planner planner;
  private final Clock clock;

  OriginalSimulations(Simulations simulations, Planner planner, Clock clock) {
    this.simulations = simulations;
    this.planner = planner;
    this.clock = clock;
  }

  Answer start(Request request) throws InterruptedException {
    return switch (planner.planAsOriginal(request.bytes())) {
      case Planning.Planned planned ->
          Answer.created(
              status(simulations.start(planned.request(), planned.esdlBytes(), planned.plan())));
      case Planning.Impossible(List<Finding> findings) -> OriginalErrors.unprocessable(findings);
    };
  }

  Answer queue(Request request) throws InterruptedException {
    return switch (planner.planAsOriginal(request.bytes())) {
      case Planning.Planned planned ->
          Answer.created(
              status(simulations.queue(planned.request(), planned.esdlBytes(), planned.plan())));
      case Planning.Impossible(List<Finding> findings) -> OriginalErrors.unprocessable(findings);
    };
  }

  Answer get(Request request) {
    String id = request.path("simulation_id");
    return find(id)
        .<Answer>map(simulation -> Answer.ok(status(simulation)))
        .orElseGet(
            () -> OriginalErrors.detail(404, "Simulation with ID '%s' not found".formatted(id)));
  }

  Answer delete(Request request) throws InterruptedException {
    String id = request.path("simulation_id");
    if (find(id).isEmpty()) {
      return OriginalErrors.detail(404, "Simulation with ID %s not found".formatted(id));
    }
    OriginalStatus last = status(simulations.cancel(id));
    simulations.forget(id);
    return Answer.ok(last);
  }

  /**
   * All of them, oldest first. Written one at a time: each holds its whole ESDL, and all together
   * may not fit into memory.
   */
  Answer list() {
    List<Simulation> all = new ArrayList<>();
    simulations.each(simulation -> {
      if (isShown(simulation) && !simulations.isForgotten(simulation.id())) {
        all.add(simulation);
      }
    });
    all.sort(Comparator.comparing(Simulation::created));
    Stream<String> items =
        IntStream.range(0, all.size())
            .mapToObj(i -> (i == 0 ? "" : ",") + JSON.writeValueAsString(status(all.get(i))));
    return new Answer.Bytes(
        "application/json",
        new PartStream(
            Stream.of(Stream.of("{\"simulations\":["), items, Stream.of("]}"))
                .flatMap(part -> part)));
  }

  private Optional<Simulation> find(String id) {
    return simulations.find(id).filter(s -> isShown(s) && !simulations.isForgotten(id));
  }

  /** One that somebody wanted to end is forgotten as well. */
  private static boolean isShown(Simulation simulation) {
    return simulation.verdict().outcome() != Verdict.Outcome.CANCELLED;
  }

  private OriginalStatus status(Simulation simulation) {
    String esdl =
        simulations
            .esdl(simulation.provenance().esdl())
            .map(Base64.getEncoder()::encodeToString)
            .orElse("");
    return OriginalStatus.of(simulation, esdl, clock);
  }
}
