package dev.tutti.sdk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An object of an energy system: an asset, an area, a building, a profile, or the energy system
 * itself. Attributes are as the file has them, what contains them is in {@link EnergySystem}.
 */
public final class EsdlObject {
  /** Assets in name, but without ports and energy: the metamodel keeps buildings among them. */
  private static final Set<String> BUILDINGS =
      Set.of("Building", "BuildingUnit", "AggregatedBuilding");

  private final String feature;
  private final String type;
  private final Map<String, String> attributes;
  private final List<EsdlObject> children;

  EsdlObject(
      String feature, String type, Map<String, String> attributes, List<EsdlObject> children) {
    this.feature = feature;
    this.type = type;
    this.attributes = Map.copyOf(attributes);
    this.children = List.copyOf(children);
  }

  /** Its id; empty for the few objects, such as points, that have none. */
  public String id() {
    return attributes.getOrDefault("id", "");
  }

  /** Its class, such as {@code PVInstallation}. */
  public String type() {
    return type;
  }

  /** Its name, or its class when it has none. */
  public String name() {
    return attributes.getOrDefault("name", type);
  }

  /** What its parent contains it as, such as {@code asset}. */
  public String feature() {
    return feature;
  }

  /** An attribute as text. */
  public Optional<String> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /** An attribute as number; empty when it is absent, and an error when it is none. */
  public OptionalDouble number(String name) {
    String text = attributes.get(name);
    if (text == null) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException(
          "the attribute %s of %s is no number: %s".formatted(name, this, text));
    }
  }

  /** An attribute as number, or what it is taken for when the file does not say. */
  public double number(String name, double otherwise) {
    return number(name).orElse(otherwise);
  }

  /** What it contains, in the order of the file. */
  public List<EsdlObject> children() {
    return children;
  }

  /** What it contains as a feature, such as {@code port} or {@code geometry}. */
  public List<EsdlObject> children(String ofFeature) {
    return children.stream().filter(child -> child.feature.equals(ofFeature)).toList();
  }

  /** Whether it is an asset that energy flows through. */
  public boolean isEnergyAsset() {
    return feature.equals("asset") && !BUILDINGS.contains(type);
  }

  /** It and all that is in it, in the order of the file. */
  Stream<EsdlObject> withContent() {
    return Stream.concat(Stream.of(this), children.stream().flatMap(EsdlObject::withContent));
  }

  @Override
  public String toString() {
    return "%s '%s'".formatted(type, attributes.getOrDefault("name", id()));
  }
}
