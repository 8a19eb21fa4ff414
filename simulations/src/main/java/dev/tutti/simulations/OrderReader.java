package dev.tutti.simulations;

import dev.tutti.core.NearestName;
import dev.tutti.simulations.CalculationService.OnModelFailure;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the body that asks for a simulation (spec DOTS 3.2): the original's keys with their
 * defaults, and ours beside them.
 */
final class OrderReader {

  static final LocalDateTime START_DATE = LocalDateTime.of(2023, 1, 25, 0, 0);

  private static final Set<String> KEYS =
      Set.of(
          "name",
          "start_date",
          "time_step_seconds",
          "nr_of_time_steps",
          "max_step_calc_time_minutes",
          "keep_logs_hours",
          "log_level",
          "calculation_services",
          "esdl_base64string",
          "zone",
          "corrected_time_stamps",
          "priority");

  private static final Set<String> SERVICE_KEYS =
      Set.of(
          "esdl_type",
          "calc_service_name",
          "service_image_url",
          "nr_of_models",
          "on_model_failure",
          "every");

  /** The member that makes a request one for many simulations. */
  static final String SWEEP = "sweep";

  /** What a sweep may vary of a request. */
  static final Set<String> SWEPT_KEYS =
      KEYS.stream()
          .filter(key -> !Set.of("name", "calculation_services", "esdl_base64string").contains(key))
          .collect(Collectors.toUnmodifiableSet());

  /** What a sweep may vary of a service. */
  static final Set<String> SWEPT_SERVICE_KEYS =
      SERVICE_KEYS.stream()
          .filter(key -> !Set.of("esdl_type", "calc_service_name").contains(key))
          .collect(Collectors.toUnmodifiableSet());

  /** The name of a service that has none. */
  static final String SERVICE_NAME = "pvinstallation_service";

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  // The ESDL is one text, and its size is limited elsewhere.
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final ZoneId zone;
  private final boolean knownKeysOnly;

  /**
   * A reader.
   *
   * @param zone of dates that name none
   * @param knownKeysOnly whether a key that nobody reads is a mistake; the original ignores them
   */
  OrderReader(ZoneId zone, boolean knownKeysOnly) {
    this.zone = zone;
    this.knownKeysOnly = knownKeysOnly;
  }

  /** What the body says; empty when it is no object. Adds what is wrong to the findings. */
  Optional<SimulationOrder> read(byte[] body, List<Finding> findings) {
    return tree(body, findings).map(tree -> order(tree, findings));
  }

  /** The object that a body is; empty when it is none, which is found then. */
  static Optional<JsonNode> tree(byte[] body, List<Finding> findings) {
    if (body.length == 0) {
      findings.add(Finding.of(List.of(), "field required", "value_error.missing"));
      return Optional.empty();
    }
    JsonNode tree;
    try {
      tree = MAPPER.readTree(body);
    } catch (JacksonException e) {
      findings.add(malformed(e));
      return Optional.empty();
    }
    if (!tree.isObject()) {
      findings.add(Finding.of(List.of(), "value is not a valid dict", "type_error.dict"));
      return Optional.empty();
    }
    return Optional.of(tree);
  }

  static byte[] bytes(JsonNode tree) {
    return MAPPER.writeValueAsBytes(tree);
  }

  /** What an object says. Adds what is wrong to the findings. */
  SimulationOrder order(JsonNode tree, List<Finding> findings) {
    BodyFields fields = new BodyFields(tree, List.of(), findings);
    requireKnown(tree, KEYS, fields, findings);
    String name = fields.text("name", "simulation name");
    StartDate start = fields.read("start_date", StartDate.withoutZone(START_DATE), StartDate::read);
    ZoneId inZone = fields.read("zone", start.zoneOr(zone), OrderReader::zone);
    int timeStepSeconds = fields.whole("time_step_seconds", 3600);
    int nrOfTimeSteps = fields.whole("nr_of_time_steps", 24);
    double maxStepCalcTimeMinutes = fields.number("max_step_calc_time_minutes", 10);
    double keepLogsHours = fields.number("keep_logs_hours", 24);
    String logLevel = fields.text("log_level", "info");
    List<SimulationOrder.Service> services = new ArrayList<>();
    List<JsonNode> items = fields.items("calculation_services");
    for (int i = 0; i < items.size(); i++) {
      service(items.get(i), i, findings).ifPresent(services::add);
    }
    return new SimulationOrder(
        name,
        start.in(inZone),
        inZone,
        timeStepSeconds,
        nrOfTimeSteps,
        maxStepCalcTimeMinutes,
        keepLogsHours,
        logLevel,
        services,
        fields.text("esdl_base64string"),
        fields.truth("corrected_time_stamps", false),
        fields.whole("priority", 0));
  }

  private Optional<SimulationOrder.Service> service(
      JsonNode node, int index, List<Finding> findings) {
    List<Object> where = List.of("calculation_services", index);
    if (!node.isObject()) {
      findings.add(Finding.of(where, "value is not a valid dict", "type_error.dict"));
      return Optional.empty();
    }
    int before = findings.size();
    BodyFields fields = new BodyFields(node, where, findings);
    requireKnown(node, SERVICE_KEYS, fields, findings);
    SimulationOrder.Service service =
        new SimulationOrder.Service(
            index,
            fields.text("esdl_type", "PVInstallation"),
            fields.text("calc_service_name", SERVICE_NAME),
            fields.text("service_image_url"),
            fields.whole("nr_of_models", 1),
            fields.read("on_model_failure", OnModelFailure.FAIL, OrderReader::onModelFailure),
            fields.whole("every", 1));
    return findings.size() == before ? Optional.of(service) : Optional.empty();
  }

  private void requireKnown(
      JsonNode node, Set<String> known, BodyFields fields, List<Finding> findings) {
    if (knownKeysOnly) {
      for (String key : node.propertyNames()) {
        if (!known.contains(key)) {
          findings.add(
              Finding.of(
                  fields.at(Shown.text(key)),
                  key.equals(SWEEP)
                      ? "is for POST /sweeps and 'tutti simulation sweep'"
                      : "is unknown" + NearestName.question(key, known),
                  "value_error.extra"));
        }
      }
    }
  }

  private static Optional<ZoneId> zone(JsonNode node, BodyFields.Wrong wrong) {
    try {
      if (node.isString()) {
        return Optional.of(ZoneId.of(node.stringValue()));
      }
    } catch (DateTimeException e) {
      // Said below, as for what is no text.
    }
    return wrong.as("is no time zone such as Europe/Amsterdam or +01:00", "value_error.zone");
  }

  private static Optional<OnModelFailure> onModelFailure(JsonNode node, BodyFields.Wrong wrong) {
    String word = node.isString() ? node.stringValue() : "";
    Optional<OnModelFailure> found =
        Arrays.stream(OnModelFailure.values())
            .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word))
            .findFirst();
    return found.isPresent()
        ? found
        : wrong.as("is one of fail, continue and restart", "value_error.const");
  }

  /** In the form that the original gives it, with the position as far as Jackson knows it. */
  private static Finding malformed(JacksonException e) {
    @Nullable TokenStreamLocation at = e.getLocation();
    int line = at == null ? 1 : Math.max(1, at.getLineNr());
    int column = at == null ? 1 : Math.max(1, at.getColumnNr());
    long position = at == null ? 0 : Math.max(0, at.getByteOffset());
    String said = e.getOriginalMessage().lines().findFirst().orElse("malformed");
    return new Finding(
        List.of(position),
        "%s: line %d column %d (char %d)".formatted(said, line, column, position),
        "value_error.jsondecode",
        Map.of("msg", said, "pos", position, "lineno", line, "colno", column));
  }
}
