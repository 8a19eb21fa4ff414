package dev.tutti.backplane.docker;

import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadSpec;
import java.util.List;
import java.util.stream.Stream;

/** What a container is to be made of, checked. */
record ContainerRequest(WorkloadSpec spec, List<String> environment) {

  ContainerRequest {
    environment = List.copyOf(environment);
  }

  /**
   * Checks what the engine would take and change silently.
   *
   * @throws StartRefused when it can never run
   */
  static ContainerRequest of(WorkloadSpec spec) {
    if (spec.image().isBlank()) {
      throw new StartRefused(ExitCodes.IMAGE_UNKNOWN, "an image without a name is none");
    }
    return new ContainerRequest(
        spec,
        Stream.concat(
                spec.environment().entrySet().stream()
                    .map(variable -> checked(variable.getKey(), variable.getValue())),
                Stream.of("TUTTI_WORKLOAD_ID=" + spec.id()))
            .toList());
  }

  /** Without the variables: their values may be secrets. */
  @Override
  public String toString() {
    return "ContainerRequest[%s]".formatted(spec);
  }

  private static String checked(String name, String value) {
    if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
      throw refused("'%s' cannot be the name of an environment variable".formatted(name));
    }
    if (value.indexOf('\0') >= 0) {
      throw refused("the value of environment variable '%s' holds a NUL character".formatted(name));
    }
    return name + "=" + value;
  }

  private static StartRefused refused(String reason) {
    return new StartRefused(ExitCodes.START_FAILED, reason);
  }
}
