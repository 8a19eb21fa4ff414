package dev.tutti.app;

import dev.tutti.core.doctor.Check;
import dev.tutti.core.doctor.Finding;
import dev.tutti.http.Tls;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Looks at the certificate of the API: for how long it is good, and whether a new one is not. */
final class CertificateCheck implements Check {

  private static final Duration SOON = Duration.ofDays(14);

  private final Optional<Tls> tls;
  private final InstantSource clock;

  CertificateCheck(Optional<Tls> tls, InstantSource clock) {
    this.tls = tls;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "certificate";
  }

  @Override
  public List<Finding> look(boolean deep) {
    if (tls.isEmpty()) {
      return List.of(Finding.ok(this, "The API speaks HTTP, without a certificate."));
    }
    Optional<String> trouble = tls.get().trouble();
    if (trouble.isPresent()) {
      return List.of(
          Finding.error(
              this,
              "The certificate that is there now cannot be used, the one of before stays: "
                  + trouble.get(),
              "Correct the files; they are read again within seconds."));
    }
    Duration left = Duration.between(clock.instant(), tls.get().expires());
    String sentence =
        left.isNegative()
            ? "The certificate of the API ended at %s.".formatted(tls.get().expires())
            : "The certificate of the API is good for %d days, until %s."
                .formatted(left.toDays(), tls.get().expires());
    String advice = "Renew it: put the new one in place of the files, nothing has to be restarted.";
    return List.of(
        left.isNegative()
            ? Finding.error(this, sentence, advice)
            : left.compareTo(SOON) < 0
                ? Finding.warning(this, sentence, advice)
                : Finding.ok(this, sentence));
  }
}
