package dev.tutti.simulations;

import dev.tutti.simulations.results.ResultColumns;
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

  /**
   * What one of these tables has beside the time.
   *
   * @throws dev.tutti.core.Failure.NotFound when there is no such table
   */
  ResultColumns columns(String simulation, String measurement);

  /**
   * Writes the rows of one of these tables as CSV.
   *
   * @param columns what to write; empty where the table does not have one
   * @param before what every row begins with
   * @throws dev.tutti.core.Failure.NotFound when there is no such table
   */
  void writeRows(
      String simulation, String measurement, ResultColumns columns, String before, Writer out)
      throws IOException;
}
