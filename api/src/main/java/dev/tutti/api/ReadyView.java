package dev.tutti.api;

import java.util.List;

/** Whether this instance can do its work now, part by part. */
public record ReadyView(boolean ready, List<Check> checks) {

  /** One part: the store, the broker, a backplane. */
  public record Check(String name, boolean healthy, String detail) {}
}
