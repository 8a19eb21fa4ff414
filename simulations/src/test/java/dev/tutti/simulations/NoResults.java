package dev.tutti.simulations;

import dev.tutti.core.Failure;
import dev.tutti.simulations.results.ResultColumns;
import java.io.Writer;
import java.util.List;

/** Models that have written nothing. */
record NoResults() implements ResultSource {

  static final ResultSource SOURCE = new NoResults();

  @Override
  public List<String> measurements(String simulation) {
    return List.of();
  }

  @Override
  public void writeCsv(String simulation, String measurement, Writer out) {
    throw new Failure.NotFound("table of results", measurement);
  }

  @Override
  public ResultColumns columns(String simulation, String measurement) {
    throw new Failure.NotFound("table of results", measurement);
  }

  @Override
  public void writeRows(
      String simulation, String measurement, ResultColumns columns, String before, Writer out) {
    throw new Failure.NotFound("table of results", measurement);
  }
}
