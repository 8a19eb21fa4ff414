package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.simulations.CalculationService.OnModelFailure;
import dev.tutti.simulations.Planning.Planned;
import dev.tutti.simulations.esdl.RandomEsdl;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Which objects form which models (spec DOTS 3.5; the golden numbers are those of section 9.8). */
class GroupingTest {

  private static final Planner PLANNER = new Planner(PlanLimits.defaults(), () -> ZoneOffset.UTC);

  @Test
  void servicesComeInTheOrderOfTheirFirstObjectAndTheSystemLast() {
    Plan plan = plan(Neighbourhood.body(1));
    assertThat(plan.models())
        .extracting(PlannedModel::modelId)
        .containsExactly(
            "econnection-service-1", "pvinstallation-service-1", "energysystem-service-1");
    assertThat(plan.models()).extracting(m -> m.esdlIds().size()).containsExactly(5, 15, 1);
    assertThat(plan.models().getFirst().esdlIds())
        .containsExactly("connection1", "connection2", "connection3", "connection4", "connection5");
    assertThat(plan.models().getLast().esdlIds()).containsExactly("the-system");
  }

  @Test
  void theNumberOfModelsIsAnUpperBound() {
    assertThat(sizes(0)).hasSize(15).containsOnly(1);
    assertThat(sizes(4)).containsExactly(4, 4, 4, 3);
    assertThat(sizes(11)).containsExactly(2, 2, 2, 2, 2, 2, 2, 1);
    assertThat(sizes(15)).hasSize(15);
    assertThat(sizes(1_000)).hasSize(15);
  }

  @Test
  void modelsAreNumberedFromOneWithHyphensForUnderscores() {
    assertThat(pvModels(4))
        .extracting(PlannedModel::modelId)
        .containsExactly(
            "pvinstallation-service-1",
            "pvinstallation-service-2",
            "pvinstallation-service-3",
            "pvinstallation-service-4");
    assertThat(pvModels(4).get(1).esdlIds()).containsExactly("pv2.2", "pv2.3", "pv3.1", "pv3.2");
  }

  @Test
  void groupsOfAnyFileAreThoseOfTheReference() {
    Seeded.cases(
        600,
        random -> {
          String esdl = RandomEsdl.of(random);
          List<CalculationService> services = services(random);
          Planning planning = PLANNER.plan(body(services, esdl).getBytes(StandardCharsets.UTF_8));
          List<PlannedModel> expected = Reference.models(esdl, services);
          if (expected.isEmpty()) {
            assertThat(planning).isInstanceOf(Planning.Impossible.class);
          } else {
            assertThat(planning).isInstanceOf(Planned.class);
            assertThat(((Planned) planning).plan().models()).isEqualTo(expected);
          }
        });
  }

  private static List<CalculationService> services(RandomGenerator random) {
    List<String> classes = new ArrayList<>(RandomEsdl.CLASSES);
    classes.addAll(List.of("EnergySystem", "Area", "Instance"));
    List<CalculationService> services = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      String type = classes.remove(random.nextInt(classes.size()));
      // Few names, so that some services are named twice and have to be merged.
      String name = "service_" + random.nextInt(4);
      services.add(
          new CalculationService(type, name, "image" + i, random.nextInt(6), OnModelFailure.FAIL));
    }
    return services;
  }

  private static String body(List<CalculationService> services, String esdl) {
    return """
    {"name": "n", "calculation_services": [%s], "esdl_base64string": "%s"}
    """
        .formatted(
            services.stream()
                .map(s ->
                    """
                    {"esdl_type": "%s", "calc_service_name": "%s",
                     "service_image_url": "%s", "nr_of_models": %d}
                    """
                        .formatted(
                            s.esdlType(), s.calcServiceName(), s.serviceImageUrl(), s.nrOfModels()))
                .collect(Collectors.joining(",")),
            Neighbourhood.base64(esdl));
  }

  private static List<Integer> sizes(int pvModels) {
    return pvModels(pvModels).stream().map(m -> m.esdlIds().size()).toList();
  }

  private static List<PlannedModel> pvModels(int count) {
    return plan(Neighbourhood.body(count)).models().stream()
        .filter(m -> m.service().equals("pvinstallation_service"))
        .toList();
  }

  private static Plan plan(String body) {
    Planning planning = PLANNER.plan(body.getBytes(StandardCharsets.UTF_8));
    assertThat(planning).isInstanceOf(Planned.class);
    return ((Planned) planning).plan();
  }

  /** The same from the text of the specification, on another parser, one object at a time. */
  private static final class Reference {

    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

    static List<PlannedModel> models(String esdl, List<CalculationService> services) {
      Element root = parse(esdl);
      List<Element> objects = new ArrayList<>();
      visit(root, objects);
      Map<String, List<String>> idsByService = new LinkedHashMap<>();
      Map<String, CalculationService> firsts = new LinkedHashMap<>();
      for (Element object : objects) {
        note(object, type(object), services, idsByService, firsts);
      }
      note(root, "EnergySystem", services, idsByService, firsts);
      List<PlannedModel> models = new ArrayList<>();
      idsByService.forEach((name, ids) -> {
        CalculationService first = Objects.requireNonNull(firsts.get(name));
        int n = ids.size();
        int chunk = first.nrOfModels() == 0 ? 1 : (int) Math.ceil((double) n / first.nrOfModels());
        int index = 0;
        while (index * chunk < n) {
          List<String> own = new ArrayList<>();
          for (int i = index * chunk; i < (index + 1) * chunk && i < n; i++) {
            own.add(ids.get(i));
          }
          index++;
          models.add(
              new PlannedModel(
                  name.replace("_", "-") + "-" + index, name, first.serviceImageUrl(), own));
        }
      });
      return models;
    }

    private static void note(
        Element object,
        String type,
        List<CalculationService> services,
        Map<String, List<String>> idsByService,
        Map<String, CalculationService> firsts) {
      for (CalculationService service : services) {
        if (service.esdlType().equals(type)) {
          firsts.putIfAbsent(service.calcServiceName(), service);
          idsByService
              .computeIfAbsent(service.calcServiceName(), _ -> new ArrayList<>())
              .add(object.getAttribute("id"));
          return;
        }
      }
    }

    private static void visit(Element object, List<Element> objects) {
      List<Element> children = children(object);
      objects.addAll(children);
      children.forEach(child -> visit(child, objects));
    }

    private static List<Element> children(Element object) {
      List<Element> children = new ArrayList<>();
      for (Node n = object.getFirstChild(); n != null; n = n.getNextSibling()) {
        if (n instanceof Element child) {
          children.add(child);
        }
      }
      return children;
    }

    private static String type(Element object) {
      String named = object.getAttributeNS(XSI, "type");
      return named.isEmpty()
          ? Map.of("instance", "Instance", "area", "Area").getOrDefault(object.getTagName(), "")
          : named.substring(named.indexOf(':') + 1);
    }

    private static Element parse(String esdl) {
      try {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        return factory
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(esdl.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
      } catch (Exception e) {
        throw new IllegalStateException("The generated ESDL is not well-formed.", e);
      }
    }
  }
}
