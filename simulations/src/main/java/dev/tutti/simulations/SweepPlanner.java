package dev.tutti.simulations;

import dev.tutti.core.NearestName;
import dev.tutti.simulations.esdl.EnergySystem;
import dev.tutti.simulations.esdl.EsdlEdit;
import dev.tutti.simulations.esdl.EsdlObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes plans of a request with many sets of parameters. All of its simulations are judged before
 * anything is stored. A parameter is a key of the request, such as {@code time_step_seconds};
 * {@code services.NAME.KEY}; or {@code esdl.OBJECT.ATTRIBUTE}, with the id of an object or the
 * class of several.
 */
final class SweepPlanner {

  /** The files of all simulations together. */
  private static final long MOST_BYTES = 128L << 20;

  private static final int MOST_WRONG_SETS = 5;
  private static final int SHOWN_SETTINGS = 6;
  private static final String ESDL = "esdl.";
  private static final String SERVICES = "services.";
  private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern UNWRITABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}&&[^\\t\\n\\r]]");

  private final Planner planner;

  SweepPlanner(Planner planner) {
    this.planner = planner;
  }

  SweepPlanning plan(byte[] body) {
    List<Finding> findings = new ArrayList<>();
    SweepOrder order = SweepReader.read(body, findings).orElse(null);
    if (order == null) {
      return new SweepPlanning.Impossible(findings);
    }
    return switch (planner.plan(OrderReader.bytes(order.base()))) {
      case Planning.Impossible(List<Finding> wrong) -> new SweepPlanning.Impossible(wrong);
      case Planning.Planned base -> plan(order, base);
    };
  }

  private SweepPlanning plan(SweepOrder order, Planning.Planned base) {
    SweepPlan draft = new SweepPlan(order, base, targets(order, base), 0, 0, List.of());
    List<Finding> findings = new ArrayList<>();
    long bytes = order.sets().size() * base.plan().esdlBytes();
    if (bytes > MOST_BYTES) {
      findings.add(
          wrong(
              "the ESDL files of %d simulations would be more than %,d bytes together"
                  .formatted(order.sets().size(), MOST_BYTES)));
      return new SweepPlanning.Impossible(findings);
    }
    Set<String> warnings = new LinkedHashSet<>(base.plan().warnings());
    warnings.addAll(warnings(draft));
    long models = 0;
    long messages = 0;
    int wrongSets = 0;
    for (int i = 0; i < order.sets().size() && wrongSets < MOST_WRONG_SETS; i++) {
      switch (simulation(draft, i)) {
        case Planning.Planned planned -> {
          warnings.addAll(planned.plan().warnings());
          models += planned.plan().models().size();
          messages += Traffic.messages(planned.plan(), planned.request());
        }
        case Planning.Impossible(List<Finding> wrong) -> {
          String which = "set %d (%s): ".formatted(i + 1, shown(order.sets().get(i)));
          wrong.forEach(finding -> findings.add(wrong(which + finding.sentence())));
          wrongSets++;
        }
      }
    }
    return findings.isEmpty()
        ? new SweepPlanning.Planned(
            new SweepPlan(order, base, draft.targets(), models, messages, List.copyOf(warnings)))
        : new SweepPlanning.Impossible(findings);
  }

  /** One simulation of a sweep that can work, counted from 0. */
  Planning.Planned again(SweepPlan plan, int number) {
    return switch (simulation(plan, number)) {
      case Planning.Planned planned -> planned;
      case Planning.Impossible(List<Finding> findings) ->
          throw new IllegalStateException("it could work before: " + findings);
    };
  }

  /** One simulation of a sweep, counted from 0. */
  Planning simulation(SweepPlan plan, int number) {
    List<Finding> findings = new ArrayList<>();
    ObjectNode request = plan.order().base().deepCopy();
    List<EsdlEdit.Change> changes = new ArrayList<>();
    for (SweepOrder.Value value : plan.order().sets().get(number)) {
      set(request, plan, value, changes, findings);
    }
    if (!findings.isEmpty()) {
      return new Planning.Impossible(findings);
    }
    return planner.plan(request, EsdlEdit.apply(plan.base().esdl(), changes));
  }

  private void set(
      ObjectNode request,
      SweepPlan plan,
      SweepOrder.Value value,
      List<EsdlEdit.Change> changes,
      List<Finding> findings) {
    String name = value.name();
    int last = name.lastIndexOf('.');
    if (name.startsWith(ESDL) && last > ESDL.length()) {
      change(plan, name.substring(ESDL.length(), last), name.substring(last + 1), value, findings)
          .ifPresent(changes::add);
    } else if (name.startsWith(SERVICES) && last > SERVICES.length()) {
      setService(
          request,
          name.substring(SERVICES.length(), last),
          name.substring(last + 1),
          value,
          findings);
    } else if (OrderReader.SWEPT_KEYS.contains(name)) {
      request.set(name, value.value());
    } else {
      findings.add(
          wrong(
              "'%s' is no parameter%s: there are keys of the request, services.NAME.KEY and esdl.OBJECT.ATTRIBUTE"
                  .formatted(
                      Shown.text(name), NearestName.question(name, OrderReader.SWEPT_KEYS))));
    }
  }

  private static void setService(
      ObjectNode request,
      String service,
      String key,
      SweepOrder.Value value,
      List<Finding> findings) {
    if (!OrderReader.SWEPT_SERVICE_KEYS.contains(key)) {
      findings.add(
          wrong(
              "a service has no parameter '%s'%s"
                  .formatted(
                      Shown.text(key), NearestName.question(key, OrderReader.SWEPT_SERVICE_KEYS))));
      return;
    }
    Set<String> known = new TreeSet<>();
    for (JsonNode entry : request.path("calculation_services")) {
      String name = entry.path("calc_service_name").asString(OrderReader.SERVICE_NAME);
      known.add(name);
      if (name.equals(service) && entry instanceof ObjectNode node) {
        node.set(key, value.value());
      }
    }
    if (!known.contains(service)) {
      findings.add(
          wrong(
              "there is no service '%s'%s"
                  .formatted(Shown.text(service), NearestName.question(service, known))));
    }
  }

  private static Optional<EsdlEdit.Change> change(
      SweepPlan plan,
      String target,
      String attribute,
      SweepOrder.Value value,
      List<Finding> findings) {
    Set<String> ids = plan.targets().getOrDefault(target, Set.of());
    if (ids.isEmpty()) {
      findings.add(
          wrong(
              "the ESDL has no object with the id or of the class '%s'"
                  .formatted(Shown.text(target))));
    } else if (!ATTRIBUTE.matcher(attribute).matches() || attribute.equals("id")) {
      findings.add(wrong("'%s' is no attribute that can be set".formatted(Shown.text(attribute))));
    } else if (UNWRITABLE.matcher(value.value().asString()).find()) {
      findings.add(
          wrong(
              "the value of '%s' cannot be written into a file"
                  .formatted(Shown.text(value.name()))));
    } else {
      return Optional.of(new EsdlEdit.Change(ids, attribute, value.value().asString()));
    }
    return Optional.empty();
  }

  private Map<String, Set<String>> targets(SweepOrder order, Planning.Planned base) {
    Map<String, Set<String>> targets = new HashMap<>();
    EnergySystem system = planner.system(base);
    List<EsdlObject> all =
        Stream.concat(Stream.of(system.root()), system.contents().stream())
            .filter(object -> !object.id().isEmpty())
            .toList();
    for (String name : order.parameters()) {
      int last = name.lastIndexOf('.');
      if (name.startsWith(ESDL) && last > ESDL.length()) {
        targets.computeIfAbsent(name.substring(ESDL.length(), last), target -> ids(all, target));
      }
    }
    return targets;
  }

  /** The object of this id, or else those of this class that have one. */
  private static Set<String> ids(List<EsdlObject> all, String target) {
    return all.stream().anyMatch(object -> object.id().equals(target))
        ? Set.of(target)
        : all.stream()
            .filter(object -> object.type().equals(target))
            .map(EsdlObject::id)
            .collect(Collectors.toSet());
  }

  /** An attribute that nothing has may be one with a default, or one that is misspelt. */
  private static List<String> warnings(SweepPlan plan) {
    List<String> warnings = new ArrayList<>();
    for (String name : plan.order().parameters()) {
      int last = name.lastIndexOf('.');
      if (name.startsWith(ESDL) && last > ESDL.length()) {
        String target = name.substring(ESDL.length(), last);
        String attribute = name.substring(last + 1);
        Set<String> ids = plan.targets().getOrDefault(target, Set.of());
        if (!ids.isEmpty() && !EsdlEdit.isThere(plan.base().esdl(), ids, attribute)) {
          warnings.add(
              "sweep: no '%s' has an attribute '%s' in the ESDL; it is added."
                  .formatted(Shown.text(target), Shown.text(attribute)));
        }
      }
    }
    return warnings;
  }

  private static String shown(List<SweepOrder.Value> set) {
    String text =
        set.stream()
            .limit(SHOWN_SETTINGS)
            .map(value -> Shown.text(value.setting().toString()))
            .collect(Collectors.joining(", "));
    return set.size() > SHOWN_SETTINGS ? text + ", …" : text;
  }

  private static Finding wrong(String message) {
    return Finding.of(List.of("sweep"), message, "value_error.sweep");
  }
}
