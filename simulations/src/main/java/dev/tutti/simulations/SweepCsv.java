package dev.tutti.simulations;

import dev.tutti.simulations.results.ResultColumns;
import dev.tutti.simulations.results.Values;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;

/** One table of all simulations of a sweep: simulation, parameters, and the columns of any. */
final class SweepCsv {

  private SweepCsv() {}

  static void write(
      List<String> parameters,
      List<Sweep.Member> members,
      ResultSource results,
      String measurement,
      Writer out)
      throws IOException {
    ResultColumns columns = ResultColumns.NONE;
    for (Sweep.Member member : members) {
      columns = columns.and(results.columns(member.simulation(), measurement));
    }
    out.write("simulation," + line(parameters));
    columns.writeHead(out);
    for (Sweep.Member member : members) {
      results.writeRows(
          member.simulation(),
          measurement,
          columns,
          Values.quoted(member.simulation()) + "," + line(member.values()),
          out);
    }
    out.flush();
  }

  private static String line(List<String> values) {
    return values.stream().map(value -> Values.quoted(value) + ",").collect(Collectors.joining());
  }
}
