package dev.tutti.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A simulation in this process that needs no broker: services, an energy system, and a clock that
 * goes as fast as they calculate. Data travel as the bytes that they would be on the wire.
 */
public final class LocalRun {
  private static final Log SILENT = (_, _) -> {};

  private final EnergySystem system;
  private final Map<Service, String> services = new LinkedHashMap<>();
  private final Map<String, Integer> rates = new LinkedHashMap<>();
  private Instant start = Instant.parse("2023-01-25T00:00:00Z");
  private Duration stepLength = Duration.ofHours(1);
  private int steps = 24;
  private Log log = SILENT;

  private LocalRun(EnergySystem system) {
    this.system = system;
  }

  /** A simulation of an energy system. */
  public static LocalRun of(EnergySystem system) {
    return new LocalRun(system);
  }

  /** A simulation of what an ESDL file says. */
  public static LocalRun of(Path esdl) {
    try {
      return of(EnergySystem.read(Files.readString(esdl)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Takes part: a service, and the ESDL class whose objects it calculates. */
  public LocalRun with(Service service, String esdlType) {
    service.requireSound();
    services.put(service, esdlType);
    return this;
  }

  /** The same, in step 1 and then in every so-manieth one only. */
  public LocalRun with(Service service, String esdlType, int every) {
    if (every < 1) {
      throw new IllegalArgumentException("a service takes part in every step, or in fewer");
    }
    rates.put(service.name(), every);
    return with(service, esdlType);
  }

  /**
   * Gives an input instead of the service that sends it, so that one service can be tested alone.
   *
   * @param esdlType the class of the objects that the data are about
   * @param value what an object sends in a step
   */
  public <T extends Record> LocalRun given(
      Input<T> input, String esdlType, BiFunction<Step, EsdlObject, T> value) {
    Output<T> output = input.asOutput();
    return with(
        Service.named(input.service())
            .calculation("given")
            .sends(output)
            .calculates((step, object, _) -> output.of(value.apply(step, object))),
        esdlType);
  }

  /** When the first step begins; otherwise 25 January 2023. */
  public LocalRun from(Instant newStart) {
    start = newStart;
    return this;
  }

  /** How many steps of which length; otherwise 24 of an hour. */
  public LocalRun steps(int number, Duration length) {
    steps = number;
    stepLength = length;
    return this;
  }

  /** Where the lines of the services go; otherwise nowhere. */
  public LocalRun log(Log newLog) {
    log = newLog;
    return this;
  }

  /** Runs all steps. A service that waits for what nobody sends is an error that says so. */
  public LocalResults run() {
    Map<String, String> byType = new LinkedHashMap<>();
    services.forEach((service, type) -> byType.putIfAbsent(type, service.name()));
    LocalResults results = new LocalResults();
    List<LocalModel> models = new ArrayList<>();
    services.forEach((service, type) ->
        models.add(new LocalModel(service, simulation(service, type, byType), log, results)));
    for (int step = 1; step <= steps; step++) {
      int number = step;
      List<LocalModel> takingPart =
          models.stream().filter(model -> model.takesPart(number)).toList();
      for (LocalModel model : takingPart) {
        model.begin(step, start.plus(stepLength.multipliedBy(step - 1L)));
        deliver(models);
      }
      requireFinished(step, takingPart);
    }
    return results;
  }

  private Simulation simulation(Service service, String type, Map<String, String> byType) {
    List<EsdlObject> objects = system.all(type);
    if (objects.isEmpty()) {
      throw new IllegalArgumentException(
          "the energy system has no object of class '%s' for %s".formatted(type, service.name()));
    }
    String model = service.name().replace('_', '-') + "-1";
    return new Simulation(
        "local", model, "local", start, stepLength, steps, system, objects, byType, rates);
  }

  /** Until nobody has anything to send: what arrives makes others calculate and send. */
  private static void deliver(List<LocalModel> models) {
    boolean more = true;
    while (more) {
      more = false;
      for (LocalModel sender : models) {
        for (LocalModel.Sent sent : sender.takeSent()) {
          more = true;
          models.forEach(receiver -> receiver.receive(sent));
        }
      }
    }
  }

  private static void requireFinished(int step, List<LocalModel> models) {
    List<String> waiting =
        models.stream()
            .filter(model -> !model.hasFinished(step))
            .map(LocalModel::describe)
            .toList();
    if (!waiting.isEmpty()) {
      throw new IllegalStateException(
          "step %d cannot end: %s. Add the service that sends it, or give it with given()."
              .formatted(step, String.join("; ", waiting)));
    }
  }
}
