package dev.tutti.simulations;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Where the results of simulations are kept. */
public interface ResultSource {

  /** The names of the tables that models of a simulation have written; empty when there is none. */
  List<String> measurements(String simulation);

  /**
   * Writes one of these tables as CSV.
   *
   * @throws dev.tutti.core.Failure.NotFound when there is no such table
   */
  void writeCsv(String simulation, String measurement, Writer out) throws IOException;
}
