package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.simulations.CalculationService.OnModelFailure;
import dev.tutti.simulations.Planning.Impossible;
import dev.tutti.simulations.Planning.Planned;
import dev.tutti.simulations.esdl.EsdlLimits;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is asked for, judged before anything is stored (R-S2, R-S3). */
class PlannerTest {

  private static final ZoneId HERE = ZoneId.of("Europe/Amsterdam");
  private static final String PV =
      "{\"esdl_type\": \"PVInstallation\", \"service_image_url\": \"pv:1\"}";

  private final Planner planner = new Planner(PlanLimits.defaults(), () -> HERE);

  @Test
  void whatIsNotSaidHasTheDefaultsOfTheOriginal() {
    SimulationRequest request = planned("").request();
    assertThat(request)
        .isEqualTo(
            new SimulationRequest(
                "simulation name",
                LocalDateTime.of(2023, 1, 25, 0, 0),
                HERE,
                3600,
                24,
                10,
                24,
                "info",
                List.of(
                    new CalculationService(
                        "PVInstallation",
                        "pvinstallation_service",
                        "pv:1",
                        1,
                        OnModelFailure.FAIL)),
                false,
                0));
  }

  @Test
  void ourOwnKeysAreRead() {
    SimulationRequest request =
        planned(
                "\"zone\": \"America/Lima\", \"corrected_time_stamps\": true, \"priority\": -3,",
                "{\"service_image_url\": \"pv:1\", \"on_model_failure\": \"restart\"}")
            .request();
    assertThat(request.zone()).isEqualTo(ZoneId.of("America/Lima"));
    assertThat(request.correctedTimeStamps()).isTrue();
    assertThat(request.priority()).isEqualTo(-3);
    assertThat(request.calculationServices().getFirst().onModelFailure())
        .isEqualTo(OnModelFailure.RESTART);
  }

  @Test
  void aServiceMayTakePartInSomeStepsOnly() {
    Planned planned =
        planned("\"nr_of_time_steps\": 10,", "{\"service_image_url\": \"pv:1\", \"every\": 4}");
    assertThat(planned.request().calculationServices().getFirst().every()).isEqualTo(4);
    assertThat(Traffic.messages(planned.plan(), planned.request()))
        .as("three steps of ten, for each of %d models", planned.plan().models().size())
        .isEqualTo(4 + planned.plan().models().size() * (5 + 2 * 3));
  }

  @Test
  void ratesThatCannotWorkAreRefused() {
    assertThat(
            impossible(
                """
                {"nr_of_time_steps": 10, "calculation_services": [
                   {"service_image_url": "pv:1", "every": 11},
                   {"esdl_type": "EConnection", "service_image_url": "pv:1", "every": 0}],
                 "esdl_base64string": "A"}
                """))
        .contains(
            "calculation_services[0].every: ensure this value is less than or equal to 10",
            "calculation_services[1].every: ensure this value is greater than or equal to 1",
            "calculation_services[1].every: 'pvinstallation_service' is one service with calculation_services[0], which takes part every 11 steps");
  }

  @Test
  void numbersAndTextsMayStandForEachOther() {
    SimulationRequest request =
        planned(
                "\"name\": 17, \"time_step_seconds\": \" 900 \", \"nr_of_time_steps\": 96.7,"
                    + "\"max_step_calc_time_minutes\": \"2.5\", \"keep_logs_hours\": 0,")
            .request();
    assertThat(request.name()).isEqualTo("17");
    assertThat(request.timeStepSeconds()).isEqualTo(900);
    assertThat(request.nrOfTimeSteps()).isEqualTo(96);
    assertThat(request.maxStepCalcTimeMinutes()).isEqualTo(2.5);
    assertThat(request.keepLogsHours()).isZero();
  }

  @Test
  void datesAreReadInEveryFormOfTheOriginal() {
    LocalDateTime date = LocalDateTime.of(2024, 3, 1, 6, 30);
    for (String written :
        List.of(
            "\"2024-03-01 06:30\"",
            "\"2024-03-01T06:30:00\"",
            "\"2024-3-1 6:30:00.000\"",
            "\"2024-03-01T06:30:00.0000001\"")) {
      SimulationRequest request = planned("\"start_date\": " + written + ",").request();
      assertThat(request.startDate()).as(written).isEqualTo(date);
      assertThat(request.zone()).as(written).isEqualTo(HERE);
    }
    assertThat(planned("\"start_date\": \"2024-03-01 06:30:00.25\",").request().startDate())
        .isEqualTo(date.plusNanos(250_000_000));
  }

  @Test
  void anOffsetIsTheZoneUnlessAnotherIsNamed() {
    for (String written :
        List.of("\"2024-03-01T06:30:00Z\"", "1709274600", "\"1709274600\"", "1709274600000")) {
      SimulationRequest request = planned("\"start_date\": " + written + ",").request();
      assertThat(request.startDate()).as(written).isEqualTo(LocalDateTime.of(2024, 3, 1, 6, 30));
      assertThat(request.zone()).as(written).isEqualTo(ZoneOffset.UTC);
    }
    SimulationRequest moved =
        planned("\"start_date\": \"2024-03-01T06:30:00+0200\", \"zone\": \"Europe/London\",")
            .request();
    assertThat(moved.startDate()).isEqualTo(LocalDateTime.of(2024, 3, 1, 4, 30));
    assertThat(moved.zone()).isEqualTo(ZoneId.of("Europe/London"));
  }

  @Test
  void aTimeThatTheClocksSkipIsWarnedOf() {
    Planned planned = planned("\"start_date\": \"2024-03-31 02:30:00\",");
    assertThat(planned.plan().warnings()).singleElement().asString().contains("clocks of");
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    List<String> said =
        impossible(
            """
            {"start_date": "yesterday", "time_step_seconds": 0, "nr_of_time_steps": -1,
             "max_step_calc_time_minutes": 0, "keep_logs_hours": -1, "log_level": "loud",
             "zone": "Mars", "nr_of_timesteps": 1, "priority": "high",
             "calculation_services": [
               {"esdl_type": "PVInstalation", "calc_service_name": "a/b",
                "service_image_url": "", "nr_of_models": -1, "on_model_failure": "panic"},
               {"esdl_type": "PVInstallation", "nr_of_models": 99999999999}, 7],
             "esdl_base64string": "A"}
            """);
    assertThat(said)
        .containsExactly(
            "nr_of_timesteps: is unknown (did you mean 'nr_of_time_steps'?)",
            "start_date: invalid datetime format",
            "zone: is no time zone such as Europe/Amsterdam or +01:00",
            "calculation_services[0].on_model_failure: is one of fail, continue and restart",
            "calculation_services[1].service_image_url: field required",
            "calculation_services[1].nr_of_models: ensure this value is less than or equal to"
                + " 2147483647",
            "calculation_services[2]: value is not a valid dict",
            "priority: value is not a valid integer",
            "time_step_seconds: ensure this value is greater than or equal to 1",
            "nr_of_time_steps: ensure this value is greater than or equal to 0",
            "max_step_calc_time_minutes: ensure this value is greater than 0",
            "keep_logs_hours: ensure this value is greater than or equal to 0",
            "log_level: is one of debug, info, warning, error, not 'loud'",
            "esdl_base64string: It is not base64: it ends within a byte.");
  }

  @Test
  void valuesOfServicesAreJudgedAllAtOnce() {
    assertThat(
            refused(
                "",
                "{\"esdl_type\": \"PVInstallation\", \"calc_service_name\": \"a/b\","
                    + "\"service_image_url\": \"two words\", \"nr_of_models\": -1},"
                    + "{\"esdl_type\": \"PVInstallation\", \"calc_service_name\": \"b\","
                    + "\"service_image_url\": \"x\", \"nr_of_models\": 2000000}"))
        .containsExactly(
            "calculation_services[0].calc_service_name: 'a/b' is no name of a service: those"
                + " consist of letters, digits and underscores",
            "calculation_services[0].service_image_url: 'two words' is no reference of an image",
            "calculation_services[0].nr_of_models: ensure this value is greater than or equal to"
                + " 0",
            "calculation_services[1].nr_of_models: ensure this value is less than or equal to"
                + " 1000000",
            "calculation_services[1].esdl_type: objects of the class 'PVInstallation' are"
                + " simulated by 'a/b' already (calculation_services[0])");
  }

  @Test
  void hugeCountsAreRefusedAndNotTried() {
    assertThat(refused("\"keep_logs_hours\": 1e300,", PV))
        .singleElement()
        .asString()
        .contains("less than or equal to");
    assertThat(refused("\"keep_logs_hours\": 1e400,", PV))
        .singleElement()
        .asString()
        .contains("valid float");
    assertThat(refused("\"nr_of_time_steps\": 2147483647,", PV))
        .singleElement()
        .asString()
        .contains("after the year 9999");
    assertThat(refused("\"nr_of_time_steps\": 1e999999999,", PV))
        .singleElement()
        .asString()
        .contains("less than or equal to 2147483647");
  }

  @Test
  void aClassThatDoesNotExistIsAMistakeAndOneWithoutObjectsIsNot() {
    assertThat(refused("", "{\"esdl_type\": \"PvInstallation\", \"service_image_url\": \"x\"}"))
        .containsExactly(
            "calculation_services[0].esdl_type: there is no class 'PvInstallation' (did you mean"
                + " 'PVInstallation'?)");
    Planned planned =
        planned(
            "",
            PV
                + ",{\"esdl_type\": \"Battery\", \"calc_service_name\": \"battery\","
                + "\"service_image_url\": \"x\"}");
    assertThat(planned.plan().warnings())
        .containsExactly(
            "calculation_services[1]: the ESDL holds no Battery, so 'battery' has no models.");
    assertThat(refused("", "{\"esdl_type\": \"Battery\", \"service_image_url\": \"x\"}"))
        .singleElement()
        .asString()
        .contains("no models");
  }

  @Test
  void thereHasToBeAService() {
    assertThat(refused("", "")).containsExactly("calculation_services: there is none");
    assertThat(impossible("{}"))
        .containsExactly(
            "calculation_services: field required", "esdl_base64string: field required");
  }

  @Test
  void objectsNeedIdsThatAreTheirsAlone() {
    assertThat(refused("", "{\"esdl_type\": \"Point\", \"service_image_url\": \"x\"}"))
        .singleElement()
        .asString()
        .contains("the Point at line 7", "has no id");
    String twice = Neighbourhood.esdl().replace("pv2.3", "pv1.1");
    assertThat(impossible(body("", PV, twice)))
        .singleElement()
        .asString()
        .contains("has the id 'pv1.1', like the PVInstallation at line");
    String slashed = Neighbourhood.esdl().replace("pv2.3", "pv2/3");
    assertThat(impossible(body("", PV, slashed)))
        .singleElement()
        .asString()
        .contains("cannot be part of a topic");
  }

  @Test
  void anEsdlThatCannotBeReadIsRefusedWithItsPlace() {
    Planning planning = planner.plan(bytes(body("", PV, "<EnergySystem>\n<a>")));
    Finding finding = ((Impossible) planning).findings().getFirst();
    assertThat(finding.where()).isEqualTo(List.<Object>of("esdl_base64string"));
    assertThat(finding.message()).startsWith("Line 2, column ");
    assertThat(finding.context()).containsEntry("lineno", 2);
  }

  @Test
  void moreEsdlThanCanBeSentIsRefused() {
    PlanLimits limits = new PlanLimits(EsdlLimits.defaults(), 10_000, 40_000);
    Planner strict = new Planner(limits, () -> HERE);
    byte[] few = bytes(Neighbourhood.body(4));
    assertThat(strict.plan(few)).isInstanceOf(Planned.class);
    Impossible many = (Impossible) strict.plan(bytes(Neighbourhood.body(0)));
    assertThat(many.findings())
        .singleElement()
        .extracting(Finding::message)
        .asString()
        .contains("17 models times", "are more than 40,000", "fewer models");
    Planner tiny =
        new Planner(new PlanLimits(EsdlLimits.defaults(), 5, Long.MAX_VALUE), () -> HERE);
    assertThat(((Impossible) tiny.plan(few)).findings())
        .singleElement()
        .extracting(Finding::message)
        .asString()
        .contains("6 models, at most 5");
    Planner small = new Planner(new PlanLimits(new EsdlLimits(100, 10, 10), 5, 100), () -> HERE);
    assertThat(((Impossible) small.plan(few)).findings())
        .singleElement()
        .extracting(Finding::message)
        .asString()
        .contains("more than 100 bytes");
  }

  @Test
  void whatIsNoJsonIsRefusedWithItsPlace() {
    Impossible broken = (Impossible) planner.plan(bytes("{\"name\": }"));
    Finding finding = broken.findings().getFirst();
    assertThat(finding.type()).isEqualTo("value_error.jsondecode");
    assertThat(finding.message()).contains("line 1 column");
    assertThat(impossible("[]")).containsExactly("value is not a valid dict");
    assertThat(impossible("")).containsExactly("field required");
    assertThat(impossible("null")).containsExactly("value is not a valid dict");
  }

  @Test
  void halfACharacterIsRefusedWhereverItStands() {
    assertThat(refused("\"name\": \"a\\ud800b\",", PV))
        .containsExactly("name: holds half a character, which cannot be written down");
    assertThat(planned("\"name\": \"a\\ud83d\\ude00b\",").request().name()).isEqualTo("a😀b");
    assertThat(refused("\"log_level\": \"\\udc00\", \"\\udc00\": 1,", PV))
        .allSatisfy(said -> assertThat(said).doesNotContain("\udc00"));
  }

  @Test
  void whatDoesNotFitIntoARecordIsRefused() {
    String image = "x".repeat(4_000);
    StringBuilder services = new StringBuilder(PV);
    for (String type : List.of("Battery", "HeatPump", "Import", "Export", "Area", "Building")) {
      services.append(
          ",{\"esdl_type\": \"%s\", \"service_image_url\": \"%s\"}".formatted(type, image));
    }
    assertThat(planned("", services.toString()).plan().models()).isNotEmpty();
    assertThat(refused("", (services + ",").repeat(3) + PV).getFirst())
        .isEqualTo(
            "calculation_services: names and images have more than 50,000 characters together");
    assertThat(refused("", (PV + ",").repeat(300) + PV).getFirst())
        .isEqualTo("calculation_services: ensure this value is less than or equal to 300");
  }

  @Test
  void anyDamageToABodyIsSaidAndNeverThrown() {
    byte[] good = bytes(Neighbourhood.body(3));
    Seeded.cases(
        2_000,
        random -> {
          byte[] body = good.clone();
          for (int i = random.nextInt(5); i >= 0; i--) {
            body[random.nextInt(1_000)] = (byte) (32 + random.nextInt(96));
          }
          assertThat(planner.plan(body)).isNotNull();
        });
  }

  @Test
  void idsAreThoseOfTheOriginalWhereTheyWork() {
    assertThat(stem("simulation name")).isEqualTo("simulation-name");
    assertThat(stem("My Street")).isEqualTo("my-street");
    assertThat(stem("abc def ghi jkl mno pqr")).isEqualTo("abc-def-ghi-jkl-mno-");
    Plan plan = planned("").plan();
    assertThat(plan.newId(new SplittableRandom(1))).matches("simulation-name-[0-9a-f]{8}");
  }

  @Test
  void idsAreNamesOfPodsWhateverTheNameIs() {
    assertThat(stem("My Sim_1!")).isEqualTo("my-sim-1-");
    assertThat(stem("  -x")).isEqualTo("x");
    assertThat(stem("")).isEqualTo("simulation");
    assertThat(stem("日本😀")).isEqualTo("simulation");
    Seeded.cases(
        500,
        random -> {
          StringBuilder name = new StringBuilder();
          for (int i = random.nextInt(30); i > 0; i--) {
            name.appendCodePoint(
                random.nextInt(3) == 0 ? random.nextInt(0xd800) : 'a' + random.nextInt(26));
          }
          String service = "service_of_a_kind_with_a_long_name".repeat(1 + random.nextInt(3));
          String id = stem(name.toString()) + "-0123abcd";
          String model =
              SimulationNames.modelId(stem(name.toString()), service, random.nextInt(10_000));
          String pod = "so-" + id + "-" + model;
          assertThat(pod).hasSizeLessThanOrEqualTo(63).matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
          assertThat(id).matches("[a-z0-9].*");
        });
  }

  @Test
  void longServiceNamesAreShortenedAndStillToldApart() {
    String stem = "x".repeat(20);
    assertThat(SimulationNames.modelId(stem, "pvinstallation_service", 12))
        .isEqualTo("pvinstallation-service-12");
    String one = SimulationNames.modelId(stem, "a_service_with_a_long_name_of_one_kind", 1);
    String other = SimulationNames.modelId(stem, "a_service_with_a_long_name_of_another", 1);
    assertThat(one).startsWith("a-service-with").endsWith("-1").isNotEqualTo(other);
  }

  @Test
  void servicesWhoseModelsWouldShareIdsAreRefused() {
    assertThat(
            refused(
                "",
                "{\"esdl_type\": \"PVInstallation\", \"calc_service_name\": \"a_b\","
                    + "\"service_image_url\": \"x\"},"
                    + "{\"esdl_type\": \"EConnection\", \"calc_service_name\": \"a-b\","
                    + "\"service_image_url\": \"x\"}"))
        .singleElement()
        .asString()
        .contains("'a-b' and 'a_b' would have the same ids");
  }

  @Test
  void theOriginalsBodiesMayHoldWhatNobodyReads() {
    byte[] body = bytes(body("\"comment\": \"x\",", PV, Neighbourhood.esdl()));
    assertThat(planner.planAsOriginal(body)).isInstanceOf(Planned.class);
    assertThat(planner.plan(body)).isInstanceOf(Impossible.class);
  }

  private static String stem(String name) {
    return SimulationNames.stem(name);
  }

  private Planned planned(String members) {
    return planned(members, PV);
  }

  private Planned planned(String members, String services) {
    Planning planning = planner.plan(bytes(body(members, services, Neighbourhood.esdl())));
    assertThat(planning).isInstanceOf(Planned.class);
    return (Planned) planning;
  }

  private List<String> refused(String members, String services) {
    return impossible(body(members, services, Neighbourhood.esdl()));
  }

  private List<String> impossible(String body) {
    Planning planning = planner.plan(bytes(body));
    assertThat(planning).isInstanceOf(Impossible.class);
    return ((Impossible) planning).findings().stream().map(Finding::sentence).toList();
  }

  private static String body(String members, String services, String esdl) {
    return "{%s \"calculation_services\": [%s], \"esdl_base64string\": \"%s\"}"
        .formatted(members, services, Neighbourhood.base64(esdl));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
