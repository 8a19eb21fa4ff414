package dev.tutti.app;

import dev.tutti.core.backplane.Resources;
import dev.tutti.core.policy.Policy;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads what workloads may ask for. */
final class PolicyConfiguration {

  private static final BigDecimal MOST_CPUS = BigDecimal.valueOf(1_000_000);

  private PolicyConfiguration() {}

  static Policy read(Configuration.Reader reader) {
    return new Policy(
        list(
            reader,
            "TUTTI_POLICY_REGISTRIES",
            "[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._/-]+)?",
            "registries such as ghcr.io or ghcr.io/acme, separated by commas"),
        new Resources(
            reader.read(
                "TUTTI_POLICY_MOST_CPUS",
                0L,
                "a number of cores such as 2 or 0.5",
                PolicyConfiguration::milliCpus),
            reader.bytes("TUTTI_POLICY_MOST_MEMORY", "0")),
        list(
            reader,
            "TUTTI_POLICY_FORBIDDEN_VARIABLES",
            "[^=*\\p{Cntrl}]+\\*?",
            "names of variables such as PATH or LD_*, separated by commas"));
  }

  private static List<String> list(
      Configuration.Reader reader, String name, String each, String form) {
    return reader.read(
        name,
        List.of(),
        form,
        text -> {
          List<String> parts = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
          return parts.stream().allMatch(part -> part.matches(each))
              ? Optional.of(parts)
              : Optional.empty();
        });
  }

  private static Optional<Long> milliCpus(String text) {
    BigDecimal cores = new BigDecimal(text);
    return cores.signum() >= 0 && cores.compareTo(MOST_CPUS) <= 0
        ? Optional.of(cores.movePointRight(3).longValue())
        : Optional.empty();
  }
}
