package dev.tutti.simulations;

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
}
