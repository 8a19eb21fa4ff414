package dev.tutti.app;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What runs the models. */
final class BackplaneOption {

  @Option(
      names = "--backplane",
      paramLabel = "NAME",
      description =
          "What runs models: process, or docker (the engine of $$DOCKER_HOST, else of this machine)."
              + " Default: $$TUTTI_BACKPLANE, process.")
  private @Nullable String name;

  /** The environment with what was asked for. */
  Environment over(Environment environment) {
    return name == null ? environment : environment.with("TUTTI_BACKPLANE", name);
  }

  /** The environment of a demo: nothing of the process's but what concerns backplanes. */
  Environment of(Environment process, Environment demo) {
    Environment environment = demo;
    for (String variable : new String[] {"TUTTI_BACKPLANE", "DOCKER_HOST", "TUTTI_DOCKER_SUBNET"}) {
      if (process.find(variable).isPresent()) {
        environment = environment.with(variable, process.get(variable, ""));
      }
    }
    return over(environment);
  }
}
