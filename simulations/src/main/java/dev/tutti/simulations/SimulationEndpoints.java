package dev.tutti.simulations;

import dev.tutti.api.Page;
import dev.tutti.api.SimulatedModelView;
import dev.tutti.api.SimulationExplanation;
import dev.tutti.api.SimulationOrderRequest;
import dev.tutti.api.SimulationPlanView;
import dev.tutti.api.SimulationView;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Form;
import dev.tutti.core.surface.Listing;
import dev.tutti.core.surface.Making;
import dev.tutti.core.surface.Parameter;
import dev.tutti.core.surface.Request;
import dev.tutti.simulations.Planning.Planned;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The routes of simulations on our own API. */
public final class SimulationEndpoints {

  private static final List<String> STATES = Stream.of(Phase.values()).map(Phase::word).toList();
  private static final int MOST_PRIORITY = 1_000_000;
  private static final int SHOWN_FINDINGS = 20;

  private final Simulations simulations;
  private final Planner planner;
  private final SimulationOutputs outputs;
  private final SweepEndpoints sweeps;
  private final Clock clock;
  private final Explanations explanations;

  public SimulationEndpoints(
      Simulations simulations, Planner planner, ResultSource results, Clock clock) {
    this.simulations = simulations;
    this.planner = planner;
    this.outputs = new SimulationOutputs(simulations, results);
    this.sweeps = new SweepEndpoints(simulations, new SweepPlanner(planner), results);
    this.clock = clock;
    this.explanations = new Explanations(simulations.settings());
  }

  /** All routes, below the base of our API. */
  public List<Endpoint> endpoints() {
    List<Endpoint> all = new ArrayList<>(own());
    all.addAll(outputs.endpoints());
    all.addAll(sweeps.endpoints());
    return all;
  }

  private List<Endpoint> own() {
    return List.of(
        order("plan", "Says what a simulation would do, and stores nothing.", this::plan),
        order("start", "Starts a simulation.", making(this::start)),
        order("queue", "Lets a simulation wait for its turn.", making(this::queue)),
        Endpoint.get("/simulations", "Lists simulations.", Page.class, this::list)
            .paged(
                SimulationView.class,
                List.of(
                    Parameter.states(STATES),
                    Parameter.query("sweep", Form.text(), "Only those of this sweep."),
                    Listing.NAME,
                    Listing.SINCE)),
        Endpoint.get(
                "/simulations/{id}",
                "Shows a simulation, and which models everybody waits for.",
                SimulationView.class,
                r -> Answer.ok(view(r.path("id"))))
            .about(Simulation.KIND, "id"),
        Endpoint.get(
                "/simulations/{id}/models",
                "Lists the models of a simulation, in the order of its plan.",
                Page.class,
                this::models)
            .paged(SimulatedModelView.class, List.of()),
        Endpoint.get(
            "/simulations/{id}/explain",
            "Says why a simulation is in its state.",
            SimulationExplanation.class,
            this::explain),
        change("pause", "Holds a simulation before its next step.", simulations::pause),
        change("resume", "Lets a simulation that is held go on.", simulations::resume),
        change("cancel", "Ends a simulation.", simulations::cancel),
        Endpoint.post(
                "/simulations/{id}/rerun",
                "Starts the same simulation once more, or lets it wait for its turn.",
                Void.class,
                SimulationView.class,
                making(this::rerun))
            .answering(201, "It is durable.")
            .with(
                Parameter.query("queue", Form.truth(), "Lets it wait for its turn.")
                    .otherwise("false"))
            .refusing(400, "invalid-simulation")
            .refusing(409, "simulation-exists")
            .refusing(422, "no-models")
            .refusing(503, "queue-full")
            .deciding(),
        Endpoint.post(
                "/simulations/{id}/priority",
                "Moves a simulation within the queue.",
                Void.class,
                SimulationView.class,
                this::prioritise)
            .about(Simulation.KIND, "id")
            .with(
                Parameter.query(
                        "value",
                        Form.whole(-MOST_PRIORITY, MOST_PRIORITY),
                        "Higher ones leave the queue first; the usual one is 0.")
                    .needed())
            .refusing(400, "parameter-missing")
            .refusing(409, "not-waiting")
            .deciding());
  }

  private static Endpoint order(String verb, String summary, Endpoint.Handler handler) {
    String path = "/simulations/" + verb;
    if (verb.equals("plan")) {
      return Endpoint.post(
              path, summary, SimulationOrderRequest.class, SimulationPlanView.class, handler)
          .refusing(400, "invalid-simulation");
    }
    return Endpoint.post(path, summary, SimulationOrderRequest.class, SimulationView.class, handler)
        .answering(201, "It is durable.")
        .refusing(400, "invalid-simulation")
        .refusing(409, "simulation-exists")
        .refusing(422, "no-models")
        .refusing(503, "queue-full")
        .deciding();
  }

  /** A request that is sent again is answered with what the simulation is by then. */
  private Endpoint.Handler making(Endpoint.Handler handler) {
    return new Making(Simulation.KIND, handler, id -> Answer.created(view(id)));
  }

  /** Something that is done to a simulation. */
  private interface Change {
    Simulation of(String id) throws InterruptedException;
  }

  private Endpoint change(String verb, String summary, Change change) {
    return Endpoint.post(
            "/simulations/{id}/" + verb,
            summary,
            Void.class,
            SimulationView.class,
            request -> {
              Simulation _ = change.of(request.path("id"));
              return Answer.ok(view(request.path("id")));
            })
        .about(Simulation.KIND, "id")
        .refusing(409, "simulation-over")
        .deciding();
  }

  // ---- beginning

  private Answer plan(Request request) {
    Planned planned = planned(request);
    return Answer.ok(SimulationViews.plan(planned.request(), planned.plan()));
  }

  private Answer start(Request request) throws InterruptedException {
    return Answer.created(begin(planned(request), false));
  }

  private Answer queue(Request request) throws InterruptedException {
    return Answer.created(begin(planned(request), true));
  }

  private Answer rerun(Request request) throws InterruptedException {
    Simulation former = require(request.path("id"));
    String hash = former.provenance().esdl();
    byte[] esdl = simulations.esdl(hash).orElseThrow(() -> new Failure.NotFound("ESDL file", hash));
    Planned planned = requirePlanned(planner.again(former.request(), esdl));
    boolean queued = request.truth("queue");
    return Answer.created(begin(planned, queued));
  }

  private SimulationView begin(Planned planned, boolean queued) throws InterruptedException {
    SimulationRequest asked = planned.request();
    Simulation begun =
        queued
            ? simulations.queue(asked, planned.esdlBytes(), planned.plan())
            : simulations.start(asked, planned.esdlBytes(), planned.plan());
    return SimulationViews.of(begun, simulations.waiting(), List.of());
  }

  private Planned planned(Request request) {
    requireJson(request);
    return requirePlanned(planner.plan(request.bytes()));
  }

  static void requireJson(Request request) {
    String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    // A web page can make a browser send a form anywhere, but never JSON.
    if (!type.startsWith("application/json")) {
      throw new Failure.Rejected(
          Problem.of("media-type-unsupported", 415, "The body has to be JSON.")
              .suggesting("Send it with 'Content-Type: application/json'."));
    }
  }

  private static Planned requirePlanned(Planning planning) {
    return switch (planning) {
      case Planned planned -> planned;
      case Planning.Impossible(List<Finding> findings) -> throw impossible(findings);
    };
  }

  static Failure.Rejected impossible(List<Finding> findings) {
    String said =
        findings.stream()
            .limit(SHOWN_FINDINGS)
            .map(Finding::sentence)
            .collect(Collectors.joining("; "));
    int more = findings.size() - SHOWN_FINDINGS;
    return new Failure.Rejected(
        Problem.of(
            "invalid-simulation",
            400,
            "The simulation cannot work: "
                + said
                + (more > 0 ? "; and %d more".formatted(more) : "")));
  }

  // ---- looking

  private Answer list(Request request) {
    Listing listing = Listing.of(request);
    Predicate<String> name = listing.containing("name");
    Predicate<Instant> since = listing.since();
    List<String> waiting = simulations.waiting();
    return simulations.page(
        listing,
        request.query("sweep").orElse(""),
        request.states(STATES),
        one -> name.test(one.request().name()) && since.test(one.created()),
        one -> SimulationViews.of(one, waiting, List.of()));
  }

  private Answer models(Request request) {
    return Listing.of(request)
        .inOrder(
            simulations.models(request.path("id")).stream().map(SimulationViews::model).toList());
  }

  private Answer explain(Request request) {
    Simulation simulation = require(request.path("id"));
    return Answer.ok(
        explanations.of(
            simulation,
            simulations.models(simulation.id()),
            simulations.waiting(),
            clock.instant()));
  }

  // ---- changing

  private Answer prioritise(Request request) throws InterruptedException {
    String id = request.path("id");
    if (request.query("value").isEmpty()) {
      throw new Failure.Rejected(
          Problem.of("parameter-missing", 400, "The parameter 'value' is missing.")
              .suggesting("Higher priorities leave the queue first; the usual one is 0."));
    }
    int priority = request.number("value", 0, -MOST_PRIORITY, MOST_PRIORITY);
    Simulation _ = simulations.prioritise(id, priority);
    return Answer.ok(view(id));
  }

  private SimulationView view(String id) {
    Simulation simulation = require(id);
    List<String> waitedFor =
        simulation.phase().open()
            ? simulations.models(id).stream()
                .filter(SimulatedModel::waitedFor)
                .map(model -> model.plan().modelId())
                .toList()
            : List.of();
    return SimulationViews.of(simulation, simulations.waiting(), waitedFor);
  }

  private Simulation require(String id) {
    return simulations.find(id).orElseThrow(() -> new Failure.NotFound("simulation", id));
  }
}
