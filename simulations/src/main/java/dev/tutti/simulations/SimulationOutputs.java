package dev.tutti.simulations;

import dev.tutti.api.Page;
import dev.tutti.api.SimulationLogView;
import dev.tutti.api.SimulationResultsView;
import dev.tutti.core.Failure;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Form;
import dev.tutti.core.surface.Parameter;
import dev.tutti.core.surface.Request;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The routes to what went into a simulation and what its models wrote. */
final class SimulationOutputs {

  private static final int MOST_LINES = 100_000;
  static final String CSV = "text/csv; charset=utf-8";

  private final Simulations simulations;
  private final ResultSource results;

  SimulationOutputs(Simulations simulations, ResultSource results) {
    this.simulations = simulations;
    this.results = results;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/simulations/{id}/logs",
                "Gives what the models of a simulation logged.",
                Page.class,
                this::logs)
            .listing(SimulationLogView.class)
            .with(
                Parameter.query("model", Form.text(), "Only lines of this model."),
                Parameter.query(
                    "level", Form.oneOf(LogLevels.WORDS), "Only lines of this level and above."),
                Parameter.query("tail", Form.whole(0, MOST_LINES), "Only so many, the last ones.")
                    .otherwise(Integer.toString(MOST_LINES))),
        Endpoint.get(
                "/simulations/{id}/esdl",
                "Gives the ESDL file of a simulation.",
                Void.class,
                this::esdl)
            .giving("application/xml"),
        Endpoint.get(
            "/simulations/{id}/results",
            "Lists the tables of results.",
            SimulationResultsView.class,
            this::measurements),
        Endpoint.get(
                "/simulations/{id}/results/{measurement}",
                "Gives a table of results as CSV.",
                Void.class,
                this::csv)
            .giving(CSV));
  }

  private Answer esdl(Request request) {
    String hash = require(request.path("id")).provenance().esdl();
    return new Answer.Bytes(
        "application/xml",
        new ByteArrayInputStream(
            simulations.esdl(hash).orElseThrow(() -> new Failure.NotFound("ESDL file", hash))));
  }

  /** Lines of one model, or of a level and above, the last ones when so many are asked for. */
  private Answer logs(Request request) {
    String id = require(request.path("id")).id();
    Optional<String> model = request.query("model");
    int least =
        request
            .query("level")
            .map(level -> LogLevels.rank(level.toUpperCase(Locale.ROOT)))
            .orElse(0);
    int tail = request.number("tail", MOST_LINES, 0, MOST_LINES);
    List<SimulationLogView> lines =
        simulations.logs().read(id).stream()
            .filter(line -> model.isEmpty() || model.get().equals(line.model()))
            .filter(line -> LogLevels.rank(line.level()) >= least)
            .map(line -> new SimulationLogView(line.at(), line.model(), line.level(), line.text()))
            .toList();
    return Answer.ok(
        new Page<>(lines.subList(Math.max(0, lines.size() - tail), lines.size()), null));
  }

  private Answer measurements(Request request) {
    String id = require(request.path("id")).id();
    return Answer.ok(new SimulationResultsView(id, results.measurements(id)));
  }

  private Answer csv(Request request) {
    String id = require(request.path("id")).id();
    String measurement = request.path("measurement");
    if (!results.measurements(id).contains(measurement)) {
      throw new Failure.NotFound("table of results", measurement);
    }
    return new Answer.Bytes(CSV, CsvStream.of(id, out -> results.writeCsv(id, measurement, out)));
  }

  private Simulation require(String id) {
    return simulations.find(id).orElseThrow(() -> new Failure.NotFound("simulation", id));
  }
}
