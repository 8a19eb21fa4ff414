package dev.tutti.simulations.results;

import java.util.LinkedHashMap;
import java.util.Random;
import java.util.TreeMap;

/** Points with every character that means something in line protocol. */
final class RandomPoints {

  private RandomPoints() {}

  static Point next(Random random) {
    TreeMap<String, String> tags = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      tags.put(name(random), name(random));
    }
    LinkedHashMap<String, String> fields = new LinkedHashMap<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      fields.put(name(random), value(random));
    }
    return new Point(name(random), tags, fields, random.nextLong());
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder("x");
    for (int i = random.nextInt(6); i > 0; i--) {
      name.append("ab, =\"éc".charAt(random.nextInt(8)));
    }
    return name.append('y').toString();
  }

  private static String value(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> String.valueOf(random.nextGaussian());
      case 1 -> random.nextInt() + "i";
      case 2 -> String.valueOf(random.nextBoolean());
      default -> "\"" + name(random).replace("\"", "\\\"") + "\"";
    };
  }
}
