package dev.tutti.simulations.results;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One row of results: what was calculated for one object at one time.
 *
 * @param measurement kind of object, in the original the lower-case ESDL class
 * @param tags what it is about, sorted by name
 * @param fields what was calculated, as line protocol writes values, in the order of arrival
 * @param nanos simulated time, nanoseconds since the epoch
 */
record Point(
    String measurement,
    SortedMap<String, String> tags,
    SequencedMap<String, String> fields,
    long nanos) {

  /** The tag that says which simulation a point belongs to. */
  static final String SIMULATION = "simulation_id";

  Point {
    tags = new TreeMap<>(tags);
    fields = new LinkedHashMap<>(fields);
  }

  /** In line protocol, with the time in nanoseconds and without a line break. */
  String line() {
    StringBuilder line = new StringBuilder(escaped(measurement, ", "));
    tags.forEach((name, value) ->
        line.append(',').append(escaped(name, ",= ")).append('=').append(escaped(value, ",= ")));
    char separator = ' ';
    for (Map.Entry<String, String> field : fields.entrySet()) {
      line.append(separator)
          .append(escaped(field.getKey(), ",= "))
          .append('=')
          .append(field.getValue());
      separator = ',';
    }
    return line.append(' ').append(nanos).toString();
  }

  private static String escaped(String text, String special) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (special.indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }
}
