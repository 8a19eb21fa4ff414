package dev.tutti.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttTopic;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import java.util.List;

/** The topic filters of one subscription. */
record Filters(List<MqttTopicFilter> parsed) {

  static Filters of(List<String> filters) {
    if (filters.isEmpty()) {
      throw new IllegalArgumentException("A subscription needs a topic filter.");
    }
    return new Filters(filters.stream().distinct().map(MqttTopicFilter::of).toList());
  }

  boolean match(MqttTopic topic) {
    for (MqttTopicFilter filter : parsed) {
      if (filter.matches(topic)) {
        return true;
      }
    }
    return false;
  }

  boolean overlap(Filters other) {
    return parsed.stream()
        .anyMatch(mine -> other.parsed.stream().anyMatch(theirs -> overlap(mine, theirs)));
  }

  boolean overlapThemselves() {
    return parsed.stream()
        .anyMatch(one -> parsed.stream().anyMatch(two -> !two.equals(one) && overlap(one, two)));
  }

  /** Whether a topic exists that both match. */
  private static boolean overlap(MqttTopicFilter one, MqttTopicFilter two) {
    List<String> first = one.getLevels();
    List<String> second = two.getLevels();
    int common = Math.min(first.size(), second.size());
    for (int i = 0; i < common; i++) {
      if (first.get(i).equals("#") || second.get(i).equals("#")) {
        return true;
      }
      if (!first.get(i).equals(second.get(i))
          && !first.get(i).equals("+")
          && !second.get(i).equals("+")) {
        return false;
      }
    }
    // "a/#" matches "a" as well.
    return first.size() == second.size()
        || (first.size() > common && first.get(common).equals("#"))
        || (second.size() > common && second.get(common).equals("#"));
  }

  @Override
  public String toString() {
    return parsed.toString();
  }
}
