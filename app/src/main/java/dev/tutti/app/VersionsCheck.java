package dev.tutti.app;

import dev.tutti.core.doctor.Check;
import dev.tutti.core.doctor.Finding;
import java.util.ArrayList;
import java.util.List;

/** What this runs on. */
final class VersionsCheck implements Check {

  private final String tutti;

  VersionsCheck(String tutti) {
    this.tutti = tutti;
  }

  @Override
  public String name() {
    return "versions";
  }

  @Override
  public List<Finding> look(boolean deep) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    String library = Tool.ask("getconf", "GNU_LIBC_VERSION").orElse("no glibc");
    String running =
        "Tutti %s on Java %s, %s, %s.".formatted(tutti, Runtime.version(), system, library);
    findings.add(
        system.startsWith("Linux") && library.startsWith("glibc")
            ? Finding.ok(this, running)
            : Finding.warning(
                this,
                running,
                "The server is made for Linux with glibc; the command runs anywhere."));
    findings.add(
        Tool.ask("env", "-i", "-S", "true").isPresent()
            ? Finding.ok(this, "`env -S` is there, which starts processes.")
            : Finding.error(
                this,
                "`env -S` does not work here, so no process can be started.",
                "Install GNU coreutils 8.30 or newer."));
    return findings;
  }
}
