package dev.tutti.simulations;

import dev.tutti.core.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the sweep of a request: {@code sets}, a list of objects of parameters and values, and
 * {@code grid}, an object of parameters and lists of values, which is every combination of them.
 * With both, each set is combined with the whole grid.
 */
final class SweepReader {

  /** All simulations of a sweep are taken in by one commit. */
  static final int MOST_SIMULATIONS = 400;

  private static final String SWEEP = OrderReader.SWEEP;
  private static final String SETS = "sets";
  private static final String GRID = "grid";
  private static final int MOST_PARAMETERS = 50;

  private SweepReader() {}

  /** What a body says; empty when something is wrong with its sweep, which is found then. */
  static Optional<SweepOrder> read(byte[] body, List<Finding> findings) {
    Optional<JsonNode> tree = OrderReader.tree(body, findings);
    if (tree.isEmpty() || !(tree.get() instanceof ObjectNode base)) {
      return Optional.empty();
    }
    JsonNode sweep = base.remove(SWEEP);
    if (sweep == null || !sweep.isObject()) {
      wrong(findings, List.of(SWEEP), "has to be an object with 'sets', 'grid', or both");
      return Optional.empty();
    }
    for (String key : sweep.propertyNames()) {
      if (!key.equals(SETS) && !key.equals(GRID)) {
        wrong(
            findings,
            List.of(SWEEP, Shown.text(key)),
            "is unknown" + NearestName.question(key, Set.of(SETS, GRID)));
      }
    }
    List<List<SweepOrder.Value>> sets = sets(sweep.get(SETS), findings);
    List<List<SweepOrder.Value>> all = combined(sets, grid(sweep.get(GRID), findings), findings);
    if (findings.isEmpty() && all.stream().allMatch(List::isEmpty)) {
      wrong(findings, List.of(SWEEP), "varies nothing");
    }
    return findings.isEmpty() ? Optional.of(new SweepOrder(base, all)) : Optional.empty();
  }

  private static List<List<SweepOrder.Value>> sets(
      @Nullable JsonNode node, List<Finding> findings) {
    List<List<SweepOrder.Value>> sets = new ArrayList<>();
    if (node == null) {
      sets.add(List.of());
      return sets;
    }
    if (!node.isArray() || node.isEmpty()) {
      wrong(findings, List.of(SWEEP, SETS), "has to be a list of objects");
      return sets;
    }
    for (int i = 0; i < node.size(); i++) {
      JsonNode set = node.get(i);
      List<Object> place = List.of(SWEEP, SETS, i);
      List<SweepOrder.Value> values = new ArrayList<>();
      if (!set.isObject() || set.isEmpty() || set.size() > MOST_PARAMETERS) {
        wrong(
            findings,
            place,
            "has to be an object of 1 to %d parameters".formatted(MOST_PARAMETERS));
      } else {
        set.properties()
            .forEach(e -> value(e.getKey(), e.getValue(), place, findings).ifPresent(values::add));
      }
      sets.add(values);
    }
    return sets;
  }

  private static Map<String, List<SweepOrder.Value>> grid(
      @Nullable JsonNode node, List<Finding> findings) {
    Map<String, List<SweepOrder.Value>> grid = new LinkedHashMap<>();
    if (node == null) {
      return grid;
    }
    if (!node.isObject() || node.isEmpty() || node.size() > MOST_PARAMETERS) {
      wrong(
          findings,
          List.of(SWEEP, GRID),
          "has to be an object of 1 to %d parameters, each with a list of values"
              .formatted(MOST_PARAMETERS));
      return grid;
    }
    node.properties()
        .forEach(entry -> {
          List<Object> place = List.of(SWEEP, GRID, Shown.text(entry.getKey()));
          List<SweepOrder.Value> values = new ArrayList<>();
          if (!entry.getValue().isArray() || entry.getValue().isEmpty()) {
            wrong(findings, place, "has to be a list of values");
          } else {
            entry
                .getValue()
                .values()
                .forEach(one ->
                    value(entry.getKey(), one, List.of(SWEEP, GRID), findings)
                        .ifPresent(values::add));
          }
          grid.put(entry.getKey(), values);
        });
    return grid;
  }

  private static Optional<SweepOrder.Value> value(
      String name, JsonNode value, List<Object> where, List<Finding> findings) {
    if (value.isString() || value.isNumber() || value.isBoolean()) {
      return Optional.of(new SweepOrder.Value(name, value));
    }
    List<Object> place = new ArrayList<>(where);
    place.add(Shown.text(name));
    wrong(findings, place, "has to be a text, a number, true or false");
    return Optional.empty();
  }

  /** Every set with every combination of the grid, whose last parameter changes first. */
  private static List<List<SweepOrder.Value>> combined(
      List<List<SweepOrder.Value>> sets,
      Map<String, List<SweepOrder.Value>> grid,
      List<Finding> findings) {
    long count = sets.size();
    for (List<SweepOrder.Value> values : grid.values()) {
      count = Math.min(Integer.MAX_VALUE, count * Math.max(1, values.size()));
    }
    if (count > MOST_SIMULATIONS) {
      wrong(
          findings,
          List.of(SWEEP),
          "would be %,d simulations, at most %,d are possible".formatted(count, MOST_SIMULATIONS));
      return List.of();
    }
    List<List<SweepOrder.Value>> all = sets;
    for (Map.Entry<String, List<SweepOrder.Value>> dimension : grid.entrySet()) {
      if (sets.stream().flatMap(List::stream).anyMatch(v -> v.name().equals(dimension.getKey()))) {
        wrong(
            findings, List.of(SWEEP, GRID, Shown.text(dimension.getKey())), "is in 'sets' already");
      }
      all =
          all.stream()
              .flatMap(set -> dimension.getValue().stream().map(value -> and(set, value)))
              .toList();
    }
    return all;
  }

  private static List<SweepOrder.Value> and(List<SweepOrder.Value> set, SweepOrder.Value value) {
    List<SweepOrder.Value> more = new ArrayList<>(set);
    more.add(value);
    return more;
  }

  private static void wrong(List<Finding> findings, List<Object> where, String message) {
    findings.add(Finding.of(where, message, "value_error.sweep"));
  }
}
