package dev.tutti.app;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.surface.Callers;
import dev.tutti.simulations.CompatibilityAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the REST API of the original simulation orchestrator is offered. Beside our own API it always
 * is; who has no password for it uses the token of the instance there.
 *
 * @param port of a listener of its own on this machine, as the original had 8001; empty for none, 0
 *     for a free one
 */
record SimulationSurface(Optional<Integer> port, CompatibilityAccess access) {

  private static final int LAST_PORT = 65_535;

  /** Reads the variables, and reports all that is wrong with them at once. */
  static SimulationSurface read(Environment environment) {
    List<String> wrong = new ArrayList<>();
    Optional<Integer> port = Optional.empty();
    Optional<String> written = set(environment, "SIMULATION_SURFACE_PORT");
    if (written.isPresent()) {
      port = written.filter(text -> text.matches("\\d{1,5}")).map(Integer::valueOf);
      if (port.filter(number -> number <= LAST_PORT).isEmpty()) {
        wrong.add(
            "SIMULATION_SURFACE_PORT is '%s', but must be a whole number from 0 to %d"
                .formatted(written.get(), LAST_PORT));
      }
    }
    boolean anonymous =
        set(environment, "SIMULATION_SURFACE_ANONYMOUS")
            .map("true"::equalsIgnoreCase)
            .orElse(false);
    Optional<String> password = set(environment, "OAUTH_PASSWORD");
    Optional<String> key = set(environment, "SECRET_KEY");
    if (port.isPresent() && !anonymous && (password.isEmpty() || key.isEmpty())) {
      wrong.add(
          "SIMULATION_SURFACE_PORT needs OAUTH_PASSWORD and SECRET_KEY, or"
              + " SIMULATION_SURFACE_ANONYMOUS=true to let everybody on this machine in");
    }
    Optional<String> life = set(environment, "SIMULATION_TOKEN_LIFETIME");
    Optional<Duration> lifetime =
        life.isEmpty() ? Optional.of(CompatibilityAccess.LIFETIME) : Durations.parse(life.get());
    if (lifetime.filter(Duration::isPositive).isEmpty()) {
      wrong.add("SIMULATION_TOKEN_LIFETIME has to be a duration such as 30m or 12h");
    }
    if (!wrong.isEmpty()) {
      throw new Failure.Rejected(
          Problem.of("invalid-configuration", 400, String.join("; ", wrong) + ".")
              .suggesting("Correct the environment or the .env file."));
    }
    return new SimulationSurface(
        port,
        new CompatibilityAccess(
            password,
            key,
            lifetime.orElse(CompatibilityAccess.LIFETIME),
            Optional.empty(),
            anonymous && port.isPresent()));
  }

  /** Who is let in, if the tokens of the instance let in as well. */
  CompatibilityAccess access(Callers callers) {
    return new CompatibilityAccess(
        access.password(),
        access.secretKey(),
        access.lifetime(),
        Optional.of(callers),
        access.anonymous());
  }

  private static Optional<String> set(Environment environment, String name) {
    return environment.find(name).map(String::strip).filter(text -> !text.isEmpty());
  }
}
