package dev.tutti.app;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** What was asked for. */
  Optional<String> name() {
    return Optional.ofNullable(name);
  }

  /** The configuration of a demo: nothing of the process's but what concerns backplanes. */
  Configuration ofDemo(Path folder, Configuration.Broker broker) {
    Environment process = Environment.ofProcess();
    Map<String, String> variables = new HashMap<>();
    for (String variable :
        List.of("TUTTI_BACKPLANE", "DOCKER_HOST", "TUTTI_DOCKER_NETWORK", "TUTTI_DOCKER_SUBNET")) {
      process.find(variable).ifPresent(value -> variables.put(variable, value));
    }
    name().ifPresent(asked -> variables.put("TUTTI_BACKPLANE", asked));
    variables.put("TUTTI_DATA", folder.resolve("data").toString());
    return Configuration.read(new Environment(variables)).withApiPort(0).withBroker(broker);
  }
}
