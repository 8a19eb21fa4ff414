package dev.tutti.simulations;

import dev.tutti.simulations.results.ResultColumns;
import dev.tutti.simulations.results.Results;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** The results that models wrote into our own files. */
public record ResultFiles(Results results) implements ResultSource {

  @Override
  public List<String> measurements(String simulation) {
    return results.measurements(simulation);
  }

  @Override
  public void writeCsv(String simulation, String measurement, Writer out) throws IOException {
    results.table(simulation, measurement).writeCsv(out);
  }

  @Override
  public ResultColumns columns(String simulation, String measurement) {
    return results.table(simulation, measurement).columns();
  }

  @Override
  public void writeRows(
      String simulation, String measurement, ResultColumns columns, String before, Writer out)
      throws IOException {
    results.table(simulation, measurement).writeRows(columns, before, out);
  }
}
