package dev.tutti.broker;

import java.util.List;

/** A subscription's pattern, MQTT 4.7: {@code +} stands for one level, {@code #} for the rest. */
record TopicFilter(List<String> levels) {

  static TopicFilter of(String filter) {
    return new TopicFilter(levelsOf(filter));
  }

  boolean matches(String topic) {
    List<String> given = levelsOf(topic);
    for (int i = 0; i < levels.size(); i++) {
      String level = levels.get(i);
      if (level.equals("#")) {
        return true;
      }
      if (i == given.size() || !(level.equals("+") || level.equals(given.get(i)))) {
        return false;
      }
    }
    return levels.size() == given.size();
  }

  private static List<String> levelsOf(String topic) {
    return List.of(topic.split("/", -1));
  }
}
