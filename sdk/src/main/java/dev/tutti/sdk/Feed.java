package dev.tutti.sdk;

/** A stream of data with one message per step: what a service sends for one object. */
record Feed(String service, String origin, String dataName) {
  @Override
  public String toString() {
    return "%s of %s in %s".formatted(dataName, origin, service);
  }
}
