package dev.tutti.sdk;

/** Where a model's steps lead: the broker of a simulation, or the memory of a local run. */
interface Outlet {

  /** Sends a result of a step to whoever wants it. */
  void send(int step, Feed feed, byte[] payload);

  /** Keeps a result. */
  void keep(Step step, EsdlObject object, Results results);

  /** Says that a step is done, once. */
  void finished(int step);
}
