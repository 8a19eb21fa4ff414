package dev.tutti.simulations;

import dev.tutti.api.Page;
import dev.tutti.api.SimulationOrderRequest;
import dev.tutti.api.SimulationResultsView;
import dev.tutti.api.SweepView;
import dev.tutti.core.Failure;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Listing;
import dev.tutti.core.surface.Making;
import dev.tutti.core.surface.Request;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The routes of sweeps: one request, many simulations. */
final class SweepEndpoints {

  private final Simulations simulations;
  private final SweepPlanner planner;
  private final ResultSource results;

  SweepEndpoints(Simulations simulations, SweepPlanner planner, ResultSource results) {
    this.simulations = simulations;
    this.planner = planner;
    this.results = results;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
                "/sweeps/plan",
                "Says what a sweep would do, and stores nothing.",
                SimulationOrderRequest.class,
                SweepView.class,
                request -> Answer.ok(SweepViews.of(planned(request))))
            .refusing(400, "invalid-simulation"),
        Endpoint.post(
                "/sweeps",
                "Lets a simulation per set of parameters wait for its turn: all of them, or none.",
                SimulationOrderRequest.class,
                SweepView.class,
                new Making(Sweep.KIND, this::begin, id -> Answer.created(view(found(id), true))))
            .answering(201, "All of them are durable.")
            .refusing(400, "invalid-simulation")
            .refusing(409, "simulation-exists")
            .refusing(422, "no-models")
            .refusing(503, "queue-full")
            .deciding(),
        Endpoint.get("/sweeps", "Lists sweeps.", Page.class, this::list)
            .paged(SweepView.class, List.of(Listing.NAME, Listing.SINCE)),
        Endpoint.get(
            "/sweeps/{id}",
            "Shows a sweep, its simulations and their parameters.",
            SweepView.class,
            request -> Answer.ok(view(require(request), true))),
        Endpoint.post(
                "/sweeps/{id}/cancel",
                "Ends all simulations of a sweep.",
                Void.class,
                SweepView.class,
                this::cancel)
            .refusing(409, "simulation-over")
            .deciding(),
        Endpoint.get(
            "/sweeps/{id}/results",
            "Lists the tables of results that its simulations have.",
            SimulationResultsView.class,
            this::tables),
        Endpoint.get(
                "/sweeps/{id}/results/{measurement}",
                "Gives a table of all its simulations as one CSV, with their parameters.",
                Void.class,
                this::csv)
            .giving(SimulationOutputs.CSV));
  }

  private SweepPlan planned(Request request) {
    SimulationEndpoints.requireJson(request);
    return switch (planner.plan(request.bytes())) {
      case SweepPlanning.Planned(SweepPlan plan) -> plan;
      case SweepPlanning.Impossible(List<Finding> findings) ->
          throw SimulationEndpoints.impossible(findings);
    };
  }

  private Answer begin(Request request) throws InterruptedException {
    Sweep sweep = simulations.sweep(planned(request), planner);
    return Answer.created(view(sweep, true));
  }

  private Answer list(Request request) {
    Listing listing = Listing.of(request);
    Predicate<String> name = listing.containing("name");
    Predicate<Instant> since = listing.since();
    return simulations.sweeps(
        listing,
        sweep -> name.test(sweep.name()) && since.test(sweep.created()),
        sweep -> view(sweep, false));
  }

  private Answer cancel(Request request) throws InterruptedException {
    Sweep sweep = require(request);
    // From behind, so that none begins while others are cancelled.
    for (Sweep.Member member : sweep.members().reversed()) {
      if (simulations.find(member.simulation()).isPresent()) {
        Simulation _ = simulations.cancel(member.simulation());
      }
    }
    return Answer.ok(view(sweep, true));
  }

  private Answer tables(Request request) {
    Sweep sweep = require(request);
    TreeSet<String> tables = new TreeSet<>();
    sweep.members().forEach(member -> tables.addAll(results.measurements(member.simulation())));
    return Answer.ok(new SimulationResultsView(sweep.id(), List.copyOf(tables)));
  }

  private Answer csv(Request request) {
    Sweep sweep = require(request);
    String measurement = request.path("measurement");
    List<Sweep.Member> having =
        sweep.members().stream()
            .filter(member -> results.measurements(member.simulation()).contains(measurement))
            .toList();
    if (having.isEmpty()) {
      throw new Failure.NotFound("table of results", measurement);
    }
    return new Answer.Bytes(
        SimulationOutputs.CSV,
        CsvStream.of(
            sweep.id(),
            out -> SweepCsv.write(sweep.parameters(), having, results, measurement, out)));
  }

  private SweepView view(Sweep sweep, boolean members) {
    return SweepViews.of(sweep, simulations::find, members);
  }

  private Sweep require(Request request) {
    return found(request.path("id"));
  }

  private Sweep found(String id) {
    return simulations.findSweep(id).orElseThrow(() -> new Failure.NotFound("sweep", id));
  }
}
