package dev.tutti.sdk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An energy system as its ESDL file says it: objects with ids, and which are connected. */
public final class EnergySystem {
  private static final String INFLOW = "InPort";

  private final EsdlObject root;
  private final Map<String, EsdlObject> byId = new LinkedHashMap<>();
  private final Map<String, List<EsdlObject>> byType = new LinkedHashMap<>();
  private final Map<String, EsdlObject> parents = new LinkedHashMap<>();
  private final Map<String, Port> ports = new LinkedHashMap<>();

  /**
   * A port with what it is connected to, by either side's word.
   *
   * @param others ids of ports
   */
  private record Port(EsdlObject owner, boolean inflow, Set<String> others) {}

  EnergySystem(EsdlObject root) {
    this.root = root;
    root.withContent().forEach(this::index);
    ports.forEach((id, port) ->
        port.others.stream()
            .map(ports::get)
            .filter(other -> other != null)
            .forEach(other -> other.others.add(id)));
  }

  /** Reads an ESDL file; what is none is refused with a reason. */
  public static EnergySystem read(String xml) {
    return EsdlReader.read(xml);
  }

  private void index(EsdlObject object) {
    byType.computeIfAbsent(object.type(), _ -> new ArrayList<>()).add(object);
    if (!object.id().isEmpty()) {
      byId.putIfAbsent(object.id(), object);
    }
    for (EsdlObject child : object.children()) {
      if (!child.id().isEmpty()) {
        parents.putIfAbsent(child.id(), object);
      }
      if (child.feature().equals("port")) {
        Set<String> others = new LinkedHashSet<>();
        child
            .attribute("connectedTo")
            .ifPresent(ids -> others.addAll(Arrays.asList(ids.strip().split("\\s+", -1))));
        ports.put(child.id(), new Port(object, child.type().equals(INFLOW), others));
      }
    }
  }

  /** The energy system itself. */
  public EsdlObject root() {
    return root;
  }

  /** An object by its id. */
  public Optional<EsdlObject> object(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** All objects of exactly this class, in the order of the file. */
  public List<EsdlObject> all(String type) {
    return List.copyOf(byType.getOrDefault(type, List.of()));
  }

  /** What contains an object that has an id. */
  public Optional<EsdlObject> parent(EsdlObject object) {
    return Optional.ofNullable(parents.get(object.id()));
  }

  /** The owners of the ports that are connected to an asset, at any of its ports. */
  public List<EsdlObject> connected(EsdlObject asset) {
    return owners(asset, Input.Reach.ANY_PORT).toList();
  }

  /** The owners of the ports that are connected to an asset, each once. */
  Stream<EsdlObject> owners(EsdlObject asset, Input.Reach reach) {
    return asset.children("port").stream()
        .map(port -> ports.get(port.id()))
        .filter(port -> port != null && port.owner == asset)
        .filter(port -> reach == Input.Reach.ANY_PORT || port.inflow)
        .flatMap(port -> port.others.stream())
        .map(ports::get)
        .filter(other -> other != null)
        .map(Port::owner)
        .distinct();
  }
}
