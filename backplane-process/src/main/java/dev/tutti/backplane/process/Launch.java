package dev.tutti.backplane.process;

import dev.tutti.core.SecretMap;
import dev.tutti.core.backplane.Attachments;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.Image;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadSpec;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A command that has been checked: where it runs and with which environment, complete. */
record Launch(List<String> command, Path workingDirectory, SecretMap environment) {

  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final String THIS_MACHINE = "host.docker.internal";
  private static final Pattern COLON = Pattern.compile(":");

  Launch {
    command = List.copyOf(command);
  }

  /**
   * Puts together what a workload is to run.
   *
   * @throws StartRefused when that can never run
   */
  static Launch of(WorkloadSpec spec, Image image, Path home, String hostAddress) {
    if (!spec.most().isUnlimited()) {
      throw refused(
          "processes cannot be held to a limit of cpu or memory; leave the limit out, or use a "
              + "backplane of containers");
    }
    if (!spec.access().isEmpty()) {
      throw refused(
          "processes reach what the user of the server reaches and cannot be given more; leave "
              + "such access out");
    }
    if (!spec.attached().equals(Attachments.none())) {
      throw refused(
          "processes have the ports, files and networks of the machine, and none of their own; "
              + "leave ports, volumes and networks out, or use a backplane of containers");
    }
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", PATH);
    environment.put("HOME", home.toString());
    environment.put("LANG", "C.UTF-8");
    Stream.of(image.environment(), spec.environment())
        .forEach(given ->
            given.forEach((name, value) ->
                environment.put(checkedName(name), checkedValue(name, value, hostAddress))));
    environment.put("TUTTI_WORKLOAD_ID", spec.id().value());
    Path folder = image.workingDirectory().isEmpty() ? home : Path.of(image.workingDirectory());
    Launch launch = new Launch(image.command(), folder, SecretMap.of(environment));
    launch.check(image.reference(), home);
    return launch;
  }

  private static String checkedName(String name) {
    if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
      throw refused("'%s' cannot be the name of an environment variable".formatted(name));
    }
    return name;
  }

  private static String checkedValue(String name, String value, String hostAddress) {
    if (value.indexOf('\0') >= 0) {
      throw refused("the value of environment variable '%s' holds a NUL character".formatted(name));
    }
    return value.replace(THIS_MACHINE, hostAddress);
  }

  private void check(String image, Path home) {
    if (command.isEmpty() || command.getFirst().isEmpty()) {
      throw refused("the catalogue gives no command for image '%s'".formatted(image));
    }
    if (command.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
      throw refused("the command of image '%s' holds a NUL character".formatted(image));
    }
    if (!workingDirectory.isAbsolute()
        || (!workingDirectory.equals(home) && !Files.isDirectory(workingDirectory))) {
      throw refused(
          "image '%s' is to run in %s, which is not a folder".formatted(image, workingDirectory));
    }
    String program = command.getFirst();
    if (program.indexOf('=') >= 0) {
      // env would take it for one more variable.
      throw refused("the program '%s' has an '=' in its name".formatted(program));
    }
    Optional<Path> found = candidates(program).filter(Files::isRegularFile).findFirst();
    if (found.isEmpty()) {
      throw refused("there is no program '%s' on this machine".formatted(program));
    }
    if (candidates(program)
        .noneMatch(path -> Files.isRegularFile(path) && Files.isExecutable(path))) {
      throw refused("%s may not be executed; check its permissions".formatted(found.get()));
    }
  }

  private Stream<Path> candidates(String program) {
    try {
      return program.indexOf('/') >= 0
          ? Stream.of(workingDirectory.resolve(program))
          : COLON
              .splitAsStream(environment.getOrDefault("PATH", PATH))
              .map(folder -> workingDirectory.resolve(folder).resolve(program));
    } catch (InvalidPathException e) {
      throw refused("'%s' cannot be the path of a program".formatted(program));
    }
  }

  private static StartRefused refused(String reason) {
    return new StartRefused(ExitCodes.START_FAILED, reason);
  }
}
