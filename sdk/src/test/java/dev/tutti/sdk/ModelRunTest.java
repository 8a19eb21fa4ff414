package dev.tutti.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bookkeeping of steps, with a connection that adds up two roofs. */
final class ModelRunTest {
  record Power(double power) {}

  private static final Input<Power> ROOFS = Input.from("pv_service", "pv_power", Power.class);
  private static final Output<Power> TOTAL = Output.named("total", Power.class);
  private static final Instant START = Instant.parse("2023-01-25T00:00:00Z");
  private static final Feed ROOF_1 = new Feed("pv_service", "pv1", "pv_power");
  private static final Feed ROOF_2 = new Feed("pv_service", "pv2", "pv_power");

  private final List<String> told = new ArrayList<>();

  private final Service adder =
      Service.named("connection_service")
          .calculation("add")
          .receives(ROOFS)
          .sends(TOTAL)
          .calculates((_, _, inputs) ->
              TOTAL.of(new Power(inputs.all(ROOFS).stream().mapToDouble(Power::power).sum())));

  @Test
  void stepIsCalculatedWhenAllHaveSent() {
    ModelRun run = run(adder);

    run.begin(1, START);
    receive(run, ROOF_1, 1);
    assertThat(told).isEmpty();
    assertThat(run.awaited()).containsExactly(ROOF_2);
    receive(run, ROOF_2, 2);

    assertThat(told).containsExactly("total 3.0", "finished 1");
  }

  @Test
  void dataOfTheNextStepThatComeEarlyAreKept() {
    ModelRun run = run(adder);
    run.begin(1, START);
    receive(run, ROOF_1, 1);
    receive(run, ROOF_2, 2);

    receive(run, ROOF_1, 10);
    receive(run, ROOF_2, 20);
    assertThat(told).containsExactly("total 3.0", "finished 1");
    run.begin(2, START);

    assertThat(told).containsExactly("total 3.0", "finished 1", "total 30.0", "finished 2");
  }

  @Test
  void dataBeforeTheFirstStepBelongToIt() {
    ModelRun run = run(adder);

    receive(run, ROOF_1, 1);
    receive(run, ROOF_2, 2);
    run.begin(1, START);

    assertThat(told).containsExactly("total 3.0", "finished 1");
  }

  @Test
  void oneOriginThatSendsTwiceDoesNotStandForAnother() {
    ModelRun run = run(adder);

    run.begin(1, START);
    receive(run, ROOF_1, 1);
    receive(run, ROOF_1, 5);
    assertThat(told).isEmpty();
    receive(run, ROOF_2, 2);

    assertThat(told).containsExactly("total 7.0", "finished 1");
  }

  @Test
  void stepThatIsDoneIsNeitherCalculatedNorToldAgain() {
    ModelRun run = run(adder);
    run.begin(1, START);
    receive(run, ROOF_1, 1);
    receive(run, ROOF_2, 2);

    assertThat(run.begin(1, START)).isEqualTo(ModelRun.Asked.KNOWN);

    assertThat(told).containsExactly("total 3.0", "finished 1");
  }

  @Test
  void stepThatIsUnderWayIsNotBegunAgain() {
    ModelRun run = run(adder);
    run.begin(1, START);
    receive(run, ROOF_1, 1);

    assertThat(run.begin(1, START)).isEqualTo(ModelRun.Asked.KNOWN);
    receive(run, ROOF_2, 2);

    assertThat(told).containsExactly("total 3.0", "finished 1");
  }

  @Test
  void stepAfterAMissingOneIsNotBegun() {
    ModelRun run = run(adder);
    run.begin(1, START);
    receive(run, ROOF_1, 1);

    assertThat(run.begin(3, START)).isEqualTo(ModelRun.Asked.TOO_EARLY);
    receive(run, ROOF_2, 2);

    assertThat(told).containsExactly("total 3.0", "finished 1");
    assertThat(run.begin(3, START)).isEqualTo(ModelRun.Asked.TOO_EARLY);
    assertThat(run.begin(2, START)).isEqualTo(ModelRun.Asked.BEGUN);
  }

  @Test
  void stepIsFinishedAfterItWasToldAndNotBefore() {
    List<ModelRun> self = new ArrayList<>();
    ModelRun run =
        new ModelRun(
            adder,
            simulation(),
            (_, _) -> {},
            new Telling() {
              @Override
              public void finished(int step) {
                assertThat(self.getFirst().finished()).isEqualTo(step - 1);
              }
            });
    self.add(run);
    assertThat(run.started()).isZero();

    run.begin(1, START);
    assertThat(run.started()).isEqualTo(1);
    assertThat(run.finished()).isZero();
    receive(run, ROOF_1, 1);
    receive(run, ROOF_2, 2);

    assertThat(run.finished()).isEqualTo(1);
  }

  @Test
  void repeatedDataFillOnlyEmptyPlacesOfTheirStep() {
    ModelRun run = run(adder);
    receiveRepeated(run, 2, ROOF_1, 100);
    receiveRepeated(run, 1, ROOF_1, 1);
    run.begin(1, START);
    receiveRepeated(run, 1, ROOF_1, 100);
    receiveRepeated(run, 2, ROOF_2, 100);
    assertThat(told).isEmpty();
    receiveRepeated(run, 1, ROOF_2, 2);
    assertThat(told).containsExactly("total 3.0", "finished 1");

    receiveRepeated(run, 1, ROOF_1, 100);
    receiveRepeated(run, 1, ROOF_2, 100);
    run.begin(2, START);
    assertThat(told).as("they are not of step 2").containsExactly("total 3.0", "finished 1");
    receive(run, ROOF_1, 10);
    receive(run, ROOF_2, 20);
    assertThat(told).containsExactly("total 3.0", "finished 1", "total 30.0", "finished 2");
  }

  @Test
  void olderStepIsNotAnswered() {
    ModelRun run = run(adder);
    for (int step = 1; step <= 2; step++) {
      run.begin(step, START);
      receive(run, ROOF_1, step);
      receive(run, ROOF_2, step);
    }
    told.clear();

    run.begin(1, START);

    assertThat(told).isEmpty();
  }

  @Test
  void dataOfTheNextStepAreNotLostWhenTheEndOfThisOneIsTold() {
    List<ModelRun> self = new ArrayList<>();
    ModelRun run =
        new ModelRun(
            adder,
            simulation(),
            (_, _) -> {},
            new Telling() {
              @Override
              public void finished(int step) {
                super.finished(step);
                if (step == 1) {
                  // The fastest peer there can be.
                  receive(self.getFirst(), ROOF_1, 4);
                  receive(self.getFirst(), ROOF_2, 4);
                }
              }
            });
    self.add(run);
    run.begin(1, START);
    receive(run, ROOF_1, 1);
    receive(run, ROOF_2, 2);

    run.begin(2, START);

    assertThat(told).containsExactly("total 3.0", "finished 1", "total 8.0", "finished 2");
  }

  @Test
  void calculationsThatBecomeReadyTogetherRunInTheOrderOfTheirNames() {
    List<String> order = new ArrayList<>();
    Service three =
        Service.named("connection_service")
            .calculation("zeta")
            .receives(ROOFS)
            .calculates((_, _, _) -> noting(order, "zeta"))
            .calculation("alpha")
            .receives(ROOFS)
            .calculates((_, _, _) -> noting(order, "alpha"))
            .calculation("no_input")
            .calculates((_, _, _) -> noting(order, "no_input"));
    ModelRun run = run(three);

    run.begin(1, START);
    receive(run, ROOF_1, 1);
    receive(run, ROOF_2, 1);

    assertThat(order).containsExactly("no_input", "alpha", "zeta");
    assertThat(told).containsExactly("finished 1");
  }

  @Test
  void forgottenOutputIsAnErrorAndNotASilence() {
    Service forgetful =
        Service.named("connection_service")
            .calculation("add")
            .sends(TOTAL)
            .calculates((_, _, _) -> Results.none());

    assertThatThrownBy(() -> run(forgetful).begin(1, START))
        .hasMessageContaining("declares the outputs [total] and returned []");
  }

  @Test
  void assetHearsOfWhatFlowsIntoItOrOfAllItIsConnectedTo() {
    Input<Power> households = Input.from("household_service", "demand", Power.class);
    assertThat(run(receiving(households)).feeds()).isEmpty();
    assertThat(run(receiving(households.viaAnyPort())).feeds())
        .containsExactly(new Feed("household_service", "demand", "demand"));
  }

  @Test
  void everyObjectHearsOfWhatIsNoAsset() {
    assertThat(run(receiving(Input.from("weather_service", "sun", Power.class))).feeds())
        .containsExactly(new Feed("weather_service", "street", "sun"));
  }

  private static Service receiving(Input<Power> input) {
    return Service.named("connection_service")
        .calculation("listen")
        .receives(input)
        .calculates((_, _, _) -> Results.none());
  }

  private static Results noting(List<String> order, String name) {
    order.add(name);
    return Results.none();
  }

  @Test
  void slowSenderIsWaitedForOnlyWhereItTakesPart() {
    ModelRun run = run(adder, Map.of("pv_service", 3));
    receive(run, ROOF_1, 1);
    receive(run, ROOF_2, 2);
    run.begin(1, START);
    run.begin(2, START);
    run.begin(3, START);
    run.begin(4, START);
    assertThat(told)
        .containsExactly(
            "total 3.0", "finished 1", "total 3.0", "finished 2", "total 3.0", "finished 3");

    receive(run, ROOF_1, 10);
    receive(run, ROOF_2, 20);

    assertThat(told).endsWith("total 30.0", "finished 4").hasSize(8);
  }

  @Test
  void slowReceiverTakesTheDataOfItsOwnStep() {
    ModelRun run = run(adder, Map.of("connection_service", 3));
    receive(run, 1, ROOF_1, 1);
    receive(run, 1, ROOF_2, 1);
    run.begin(1, START);
    for (int step = 2; step <= 3; step++) {
      receive(run, step, ROOF_1, step);
      receive(run, step, ROOF_2, step);
    }
    receive(run, 4, ROOF_1, 4);
    assertThat(run.begin(2, START)).isEqualTo(ModelRun.Asked.TOO_EARLY);
    assertThat(run.begin(4, START)).isEqualTo(ModelRun.Asked.BEGUN);
    assertThat(run.awaited()).containsExactly(ROOF_2);
    receive(run, 3, ROOF_2, 99);
    assertThat(told).containsExactly("total 2.0", "finished 1");

    receive(run, 4, ROOF_2, 4);

    assertThat(told).containsExactly("total 2.0", "finished 1", "total 8.0", "finished 4");
  }

  @Test
  void dataWithoutTheirStepAreRefusedWhereNobodyCanTellWhichOneItIs() {
    ModelRun run = run(adder, Map.of("connection_service", 3));

    assertThatThrownBy(() -> receive(run, ROOF_1, 1))
        .hasMessageContaining("carries no number of its step")
        .hasMessageContaining("Write pv_service with Tutti's SDK");
  }

  @Test
  void repetitionFillsThePlaceOfASenderThatTakesPartLessOften() {
    ModelRun run = run(adder, Map.of("pv_service", 2));
    receive(run, 1, ROOF_1, 1);
    receive(run, 1, ROOF_2, 1);
    run.begin(1, START);
    run.begin(2, START);
    run.begin(3, START);
    receiveRepeated(run, 1, ROOF_1, 70);
    receiveRepeated(run, 3, ROOF_1, 3);
    receiveRepeated(run, 3, ROOF_2, 3);
    receiveRepeated(run, 3, ROOF_2, 80);

    assertThat(told).endsWith("total 6.0", "finished 3");
    assertThat(run.lastInDoubt()).as("the sender's next step").isEqualTo(3 + 1 + 2 - 1);
  }

  @Test
  void markOfAStepIsPassedOverByThoseThatDoNotKnowIt() throws Exception {
    byte[] plain = ROOFS.form().encode("pv1", new Power(2.5));
    byte[] marked = StepMark.on(plain, 96);

    assertThat(StepMark.of(marked)).isEqualTo(96);
    assertThat(StepMark.of(plain)).isZero();
    assertThat(marked).startsWith(plain);
    assertThat(ROOFS.form().decode(marked)).isEqualTo(new Power(2.5));
  }

  private ModelRun run(Service service, Map<String, Integer> rates) {
    Simulation simple = simulation();
    return new ModelRun(
        service,
        new Simulation(
            simple.id(),
            simple.model(),
            simple.name(),
            simple.start(),
            simple.stepLength(),
            9,
            simple.energySystem(),
            simple.objects(),
            simple.services(),
            rates),
        (_, _) -> {},
        new Telling());
  }

  private static void receive(ModelRun run, int step, Feed feed, double power) {
    run.receive(feed, StepMark.on(ROOFS.form().encode(feed.origin(), new Power(power)), step));
  }

  private ModelRun run(Service service) {
    return new ModelRun(service, simulation(), (_, _) -> {}, new Telling());
  }

  private static Simulation simulation() {
    EnergySystem street = EnergySystem.read(Street.ESDL);
    return new Simulation(
        "sim",
        "connection-service-1",
        "test",
        START,
        Duration.ofHours(1),
        2,
        street,
        street.all("EConnection"),
        Map.of(
            "EnergySystem", "weather_service",
            "PVInstallation", "pv_service",
            "ElectricityDemand", "household_service",
            "EConnection", "connection_service"));
  }

  private static void receive(ModelRun run, Feed feed, double power) {
    run.receive(feed, ROOFS.form().encode(feed.origin(), new Power(power)));
  }

  private static void receiveRepeated(ModelRun run, int step, Feed feed, double power) {
    run.receiveRepeated(step, feed, ROOFS.form().encode(feed.origin(), new Power(power)));
  }

  /** Writes down what a model tells. */
  private class Telling implements Outlet {
    @Override
    public void send(int step, Feed feed, byte[] payload) {}

    @Override
    public void keep(Step step, EsdlObject object, Results results) {
      results
          .entries()
          .forEach(entry -> told.add(entry.output() + " " + entry.amounts().getFirst().value()));
    }

    @Override
    public void finished(int step) {
      told.add("finished " + step);
    }
  }
}
