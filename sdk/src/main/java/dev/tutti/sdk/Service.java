package dev.tutti.sdk;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A calculation service: its name and what it calculates. It is a declaration; {@link #run()} makes
 * a model of it that takes part in a simulation, {@link LocalRun} one that needs no broker.
 *
 * <pre>{@code
 * Service.named("pvinstallation_service")
 *     .version("1.0")
 *     .calculation("pv_yield")
 *     .receives(IRRADIANCE)
 *     .sends(POWER)
 *     .calculates((step, roof, inputs) ->
 *         POWER.of(new Power(inputs.only(IRRADIANCE).wattPerSquareMetre() * area(roof) * 0.2)))
 *     .run();
 * }</pre>
 */
public final class Service {
  private final String name;
  private final String version;
  private final List<Calculation> calculations;

  private Service(String name, String version, List<Calculation> calculations) {
    this.name = name;
    this.version = version;
    this.calculations = List.copyOf(calculations);
  }

  /** A service without calculations, of version 1.0. */
  public static Service named(String name) {
    return new Service(name, "1.0", List.of());
  }

  /** The same with another version, written like 1.0 or 1.0.0. */
  public Service version(String newVersion) {
    return new Service(name, newVersion, calculations);
  }

  /** Begins to declare a calculation. */
  public CalculationDraft calculation(String calculationName) {
    return new CalculationDraft(this, calculationName);
  }

  /** The name by which others receive from it. */
  public String name() {
    return name;
  }

  /** Its version. */
  public String version() {
    return version;
  }

  /**
   * Takes part in the simulation that the environment of this process names, to its end, and ends
   * the process: with 0 when the simulation is done, with 1 when something failed.
   */
  public void run() {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.exit(run(System.getenv(), out));
  }

  /**
   * The same within given surroundings, and without ending the process.
   *
   * @param environment the variables that a simulation orchestrator gives to its models
   * @param out where the lines of the log go, beside the simulation orchestrator
   * @return the exit code
   */
  public int run(Map<String, String> environment, PrintStream out) {
    requireSound();
    return LifeCycle.run(this, environment, out, Clock.systemUTC());
  }

  List<Calculation> calculations() {
    return calculations;
  }

  Service with(Calculation calculation) {
    List<Calculation> more = new ArrayList<>(calculations);
    more.add(calculation);
    return new Service(name, version, more);
  }

  /** Refuses a declaration that could not work, with everything that is wrong with it. */
  void requireSound() {
    List<String> problems = Names.problems(this);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "The declaration of '%s' is not sound:\n  %s"
              .formatted(name, String.join("\n  ", problems)));
    }
  }
}
