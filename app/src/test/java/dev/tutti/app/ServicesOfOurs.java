package dev.tutti.app;

import dev.tutti.sdk.Input;
import dev.tutti.sdk.Output;
import dev.tutti.sdk.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Services of the SDK that calculate what the generated ones of the scenarios do. */
final class ServicesOfOurs {

  record DataObject1(List<Double> variable1, Map<String, Object> variable2) {}

  record Radiation(List<Double> irradiance) {}

  record RunTime(double timeSeconds) {}

  record Energy(List<Double> energy) {}

  private ServicesOfOurs() {}

  /** Runs the model of the service that the argument names. */
  public static void main(String[] arguments) {
    switch (arguments[0]) {
      case "mock_service1" -> mockService1().run();
      case "pvinstallation" -> roofs().run();
      default -> throw new IllegalArgumentException("no service " + arguments[0]);
    }
  }

  private static Service mockService1() {
    Output<DataObject1> output = Output.named("data_object1", DataObject1.class);
    return Service.named("mock_service1")
        .calculation("calc1")
        .sends(output)
        .calculates((step, object, _) -> {
          Map<String, Object> variable2 = new LinkedHashMap<>();
          variable2.put("step", step.number());
          variable2.put("name", object.id());
          return output.of(new DataObject1(List.of((double) step.number(), 2.0, 3.0), variable2));
        });
  }

  private static Service roofs() {
    Input<Radiation> radiation =
        Input.from("energy_system_service", "solar_radiation", Radiation.class);
    Output<RunTime> runTime = Output.named("pv_installation_run_time", RunTime.class);
    Output<Energy> energy = Output.named("solar_energy", Energy.class);
    return Service.named("pvinstallation_service")
        .calculation("solar_yield")
        .receives(radiation)
        .sends(runTime)
        .sends(energy)
        .calculates((_, _, inputs) -> {
          List<Double> irradiance = inputs.only(radiation).irradiance();
          return runTime
              .of(new RunTime(2.4))
              .and(energy, new Energy(irradiance.stream().map(one -> one / 4).toList()));
        });
  }
}
