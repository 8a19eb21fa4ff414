package dev.tutti.app;

import dev.tutti.backplane.testkit.PrivateEngine;

/** A network that somebody else made, with addresses that the engine chose. */
final class NetworkOfTests implements AutoCloseable {

  private static final String NAME = "tutti-test-named";

  private final PrivateEngine engine;

  NetworkOfTests(PrivateEngine engine) {
    this.engine = engine;
    engine.docker("network", "create", NAME);
  }

  String name() {
    return NAME;
  }

  /** Where this machine is for what is in it. */
  String gateway() {
    return engine.docker("network", "inspect", "-f", "{{(index .IPAM.Config 0).Gateway}}", NAME);
  }

  @Override
  public void close() {
    engine.docker("network", "rm", NAME);
  }
}
