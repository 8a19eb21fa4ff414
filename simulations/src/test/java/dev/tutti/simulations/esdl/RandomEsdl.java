package dev.tutti.simulations.esdl;

import java.util.List;
import java.util.random.RandomGenerator;

/** Energy systems of random shape, written as various tools write them. */
public final class RandomEsdl {

  /** Classes that can be nested in each other here, whatever the metamodel says of it. */
  public static final List<String> CLASSES =
      List.of("EConnection", "PVInstallation", "Battery", "Building", "HeatPump", "Import");

  private final RandomGenerator random;
  private final String prefix;
  private final StringBuilder text = new StringBuilder();
  private int number;

  private RandomEsdl(RandomGenerator random) {
    this.random = random;
    this.prefix = random.nextBoolean() ? "esdl" : "e";
  }

  /** An energy system; ids are unique. */
  public static String of(RandomGenerator random) {
    RandomEsdl esdl = new RandomEsdl(random);
    String version = random.nextBoolean() ? "" : "/v2303";
    esdl.text
        .append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<")
        .append(esdl.prefix)
        .append(":EnergySystem xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:")
        .append(esdl.prefix)
        .append("=\"http://www.tno.nl/esdl")
        .append(version)
        .append("\" id=\"system\">\n");
    int instances = 1 + random.nextInt(2);
    for (int i = 0; i < instances; i++) {
      esdl.element("instance", "Instance", random.nextBoolean(), 0);
    }
    esdl.text.append("</").append(esdl.prefix).append(":EnergySystem>\n");
    return esdl.text.toString();
  }

  private void element(String feature, String type, boolean named, int depth) {
    String indent = "  ".repeat(depth + 1);
    text.append(indent).append('<').append(feature);
    if (named) {
      text.append(" xsi:type=\"").append(prefix).append(':').append(type).append('"');
    }
    text.append(" id=\"o").append(number++).append("\" name='ü &amp; co'");
    int children = depth > 5 ? 0 : random.nextInt(depth < 2 ? 5 : 3);
    if (children == 0) {
      text.append("/>\n");
      return;
    }
    text.append(">\n");
    for (int i = 0; i < children; i++) {
      switch (random.nextInt(6)) {
        case 0 -> element("area", "Area", random.nextBoolean(), depth + 1);
        case 1 -> text.append(indent).append("  <!-- <asset xsi:type='esdl:Battery'/> -->\n");
        case 2 ->
            text.append(indent)
                .append("  <geometry xsi:type=\"")
                .append(prefix)
                .append(":Point\"/>\n");
        default -> element("asset", CLASSES.get(random.nextInt(CLASSES.size())), true, depth + 1);
      }
    }
    text.append(indent).append("</").append(feature).append(">\n");
  }
}
