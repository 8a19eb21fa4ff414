package dev.tutti.core.run;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import java.time.Instant;

/**
 * An owner in quarantine: a message of it failed three times, so it decides nothing until a person
 * says {@code retry} or {@code skip}.
 *
 * @param message kind of the message that failed
 * @param reason the failure in one sentence
 */
public record Stuck(
    String ownerKind, String ownerId, String message, String reason, Instant since) {

  public static final DocumentKind<Stuck> KIND =
      DocumentKind.of("stuck", Stuck.class, s -> new Attributes("", s.owner().toString(), "stuck"));

  public OwnerRef owner() {
    return new OwnerRef(ownerKind, ownerId);
  }
}
