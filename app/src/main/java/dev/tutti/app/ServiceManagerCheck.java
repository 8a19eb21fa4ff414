package dev.tutti.app;

import dev.tutti.core.doctor.Check;
import dev.tutti.core.doctor.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether systemd, when it runs the server, leaves workloads alone when it stops the server. */
final class ServiceManagerCheck implements Check {

  private static final Pattern UNIT = Pattern.compile("([^/\\n]+\\.service)\\s*$");
  private static final List<String> LEAVES_OTHERS = List.of("process", "none");

  /** What systemd says about a unit; a seam for tests. */
  @FunctionalInterface
  interface KillMode {
    Optional<String> of(String unit) throws InterruptedException;
  }

  private final Map<String, String> environment;
  private final Path cgroup;
  private final KillMode killMode;

  ServiceManagerCheck(Map<String, String> environment, Path cgroup, KillMode killMode) {
    this.environment = Map.copyOf(environment);
    this.cgroup = cgroup;
    this.killMode = killMode;
  }

  /** Of this process. */
  static ServiceManagerCheck ofProcess() {
    return new ServiceManagerCheck(
        System.getenv(),
        Path.of("/proc/self/cgroup"),
        unit -> Tool.ask("systemctl", "show", "--property=KillMode", "--value", unit));
  }

  @Override
  public String name() {
    return "systemd";
  }

  @Override
  public List<Finding> look(boolean deep) throws InterruptedException {
    if (!environment.containsKey("INVOCATION_ID")) {
      return List.of(Finding.ok(this, "The server is not run by systemd."));
    }
    Optional<String> unit = unit();
    Optional<String> mode = unit.isPresent() ? killMode.of(unit.get()) : Optional.empty();
    if (mode.isEmpty()) {
      return List.of(
          Finding.warning(
              this,
              "The server seems to be run by systemd, and its unit could not be asked.",
              "See to it that the unit has KillMode=process; otherwise a restart ends all workloads."));
    }
    return List.of(
        LEAVES_OTHERS.contains(mode.get())
            ? Finding.ok(this, "%s has KillMode=%s.".formatted(unit.get(), mode.get()))
            : Finding.error(
                this,
                "%s has KillMode=%s: systemd ends all workloads with the server."
                    .formatted(unit.get(), mode.get()),
                "Set KillMode=process in the unit, then `systemctl daemon-reload`."));
  }

  private Optional<String> unit() {
    try {
      Matcher found = UNIT.matcher(Files.readString(cgroup).strip());
      return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }
}
