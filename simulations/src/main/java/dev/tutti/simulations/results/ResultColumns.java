package dev.tutti.simulations.results;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.TreeSet;

/**
 * What a table has beside the time.
 *
 * @param tags what rows are about, sorted
 * @param fields what was calculated, sorted
 */
public record ResultColumns(List<String> tags, List<String> fields) {

  public static final ResultColumns NONE = new ResultColumns(List.of(), List.of());

  public ResultColumns {
    tags = List.copyOf(tags);
    fields = List.copyOf(fields);
  }

  /** Those of both. */
  public ResultColumns and(ResultColumns other) {
    return new ResultColumns(both(tags, other.tags), both(fields, other.fields));
  }

  private static List<String> both(List<String> one, List<String> other) {
    TreeSet<String> all = new TreeSet<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }

  /** Their names as a line of CSV, the time first. */
  public void writeHead(Writer out) throws IOException {
    out.write("time");
    for (String name : tags) {
      out.write("," + Values.quoted(name));
    }
    for (String name : fields) {
      out.write("," + Values.quoted(name));
    }
    out.write("\r\n");
  }
}
