package dev.tutti.app;

import dev.tutti.core.doctor.Check;
import dev.tutti.core.doctor.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is configured, and whether that lets in whom it should not. */
final class ConfigurationCheck implements Check {

  private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "::1", "[::1]");

  private final Configuration configuration;

  ConfigurationCheck(Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  public String name() {
    return "configuration";
  }

  @Override
  public List<Finding> look(boolean deep) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.ok(
            this,
            "Serving %s with at most %d workloads; models have %d s to become ready; records stay %d h."
                .formatted(
                    String.join(", ", configuration.simulatorNames()),
                    configuration.workloadsLimit(),
                    configuration.startTimeout().toSeconds(),
                    configuration.retention().toHours())));
    if (configuration.access().certificate().isEmpty()
        && !LOOPBACK.contains(configuration.apiHost().toLowerCase(Locale.ROOT))) {
      findings.add(
          Finding.warning(
              this,
              "The API listens at %s, beyond this machine, without encryption."
                  .formatted(configuration.apiHost()),
              "Set TUTTI_TLS_CERTIFICATE and TUTTI_TLS_KEY, put a proxy with HTTPS before it, or set TUTTI_API_HOST=127.0.0.1."));
    }
    return findings;
  }
}
