package dev.tutti.app;

import dev.tutti.app.settings.Values;
import dev.tutti.app.settings.Wrong;
import dev.tutti.core.surface.Callers;
import dev.tutti.simulations.CompatibilityAccess;
import dev.tutti.simulations.SignIn;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How the REST API of the original simulation orchestrator is offered. Beside our own API it always
 * is; who has no password for it uses the token of the instance there.
 *
 * @param port of a listener of its own on this machine, as the original had 8001; empty for none, 0
 *     for a free one
 */
record SimulationSurface(Optional<Integer> port, CompatibilityAccess access) {

  static SimulationSurface of(Values values) {
    Optional<Integer> port = values.find(ServerSettings.SURFACE_PORT);
    return new SimulationSurface(
        port,
        new CompatibilityAccess(
            values.find(ServerSettings.SURFACE_PASSWORD),
            values.find(ServerSettings.SURFACE_KEY),
            values.get(ServerSettings.SURFACE_LIFETIME),
            Optional.empty(),
            Optional.empty(),
            values.get(ServerSettings.SURFACE_ANONYMOUS) && port.isPresent()));
  }

  /** Tells when nobody, or by an oversight everybody, could use the listener. */
  static void check(Values values, Consumer<Wrong> wrong) {
    boolean guarded =
        values.isSet(ServerSettings.SURFACE_PASSWORD) && values.isSet(ServerSettings.SURFACE_KEY);
    if (values.isSet(ServerSettings.SURFACE_PORT)
        && !values.get(ServerSettings.SURFACE_ANONYMOUS)
        && !guarded) {
      wrong.accept(
          new Wrong(
              "",
              "SIMULATION_SURFACE_PORT needs OAUTH_PASSWORD and SECRET_KEY, or"
                  + " SIMULATION_SURFACE_ANONYMOUS=true to let everybody on this machine in",
              "Set them, or leave the port out."));
    }
  }

  /** Who is let in, if the tokens of the instance let in as well, and its people may log in. */
  CompatibilityAccess access(Callers callers, SignIn people) {
    return new CompatibilityAccess(
        access.password(),
        access.secretKey(),
        access.lifetime(),
        Optional.of(callers),
        Optional.of(people),
        access.anonymous());
  }
}
