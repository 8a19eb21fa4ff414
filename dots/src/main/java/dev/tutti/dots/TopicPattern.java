package dev.tutti.dots;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The form of a topic, written as the protocol writes it: {@code /log/model/dots-so/{simulation
 * id}/{model id}}. Topics are built, parsed and subscribed to from the same form.
 */
record TopicPattern(List<String> segments) {
  static final String SIMULATOR_NAME = "{simulator name}";
  private static final String STEP = "{step}";
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  static TopicPattern of(String form) {
    return new TopicPattern(List.of(form.split("/", -1)));
  }

  /** The topic with these values, in order; or a filter, where a value is {@code +}. */
  String fill(Object... values) {
    StringBuilder topic = new StringBuilder();
    int next = 0;
    for (int index = 1; index < segments.size(); index++) {
      String segment = segments.get(index);
      topic.append('/').append(isPlace(segment) ? values[next++] : segment);
    }
    if (next != values.length) {
      throw new IllegalArgumentException(values.length + " values for " + this);
    }
    return topic.toString();
  }

  /** What stands in the places; empty for a topic of another form. */
  Optional<List<String>> match(List<String> topic) {
    if (topic.size() != segments.size()) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>(4);
    for (int index = 0; index < segments.size(); index++) {
      String segment = segments.get(index);
      if (isPlace(segment)) {
        values.add(topic.get(index));
      } else if (!segment.equals(topic.get(index))) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  /** Why one of these values cannot stand in its place; empty if all can. */
  Optional<String> problem(List<String> values) {
    List<String> places = segments.stream().filter(TopicPattern::isPlace).toList();
    for (int index = 0; index < places.size(); index++) {
      String place = places.get(index);
      String value = values.get(index);
      Optional<String> problem = Segment.problem(place.substring(1, place.length() - 1), value);
      if (problem.isPresent()) {
        return problem;
      }
      if (place.equals(STEP) && !NUMBER.matcher(value).matches()) {
        return Optional.of("the step is no number: " + value);
      }
      if (place.equals(SIMULATOR_NAME) && !value.equals(value.toLowerCase(Locale.ROOT))) {
        // It would be another topic than the one that we build from this name.
        return Optional.of("the simulator name is not in lower case: " + value);
      }
    }
    return Optional.empty();
  }

  private static boolean isPlace(String segment) {
    return segment.startsWith("{");
  }

  @Override
  public String toString() {
    return String.join("/", segments);
  }
}
