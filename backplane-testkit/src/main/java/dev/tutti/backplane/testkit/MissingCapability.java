package dev.tutti.backplane.testkit;

import org.opentest4j.TestAbortedException;

/** A case was left out: the backplane declares that it cannot do what the case is about. */
final class MissingCapability extends TestAbortedException {

  private static final long serialVersionUID = 1L;

  private final Capability capability;
  private final String reason;

  MissingCapability(Capability capability, String reason) {
    super("declared missing, %s: %s".formatted(capability.phrase(), reason));
    this.capability = capability;
    this.reason = reason;
  }

  Capability capability() {
    return capability;
  }

  String reason() {
    return reason;
  }
}
