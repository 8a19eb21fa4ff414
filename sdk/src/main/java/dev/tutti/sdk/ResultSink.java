package dev.tutti.sdk;

/** Where the results of a model are kept for people. */
interface ResultSink extends AutoCloseable {

  /** Keeps the numbers of a result. Never fails a simulation, and never waits long. */
  void keep(Step step, EsdlObject object, Results results);

  /** Writes what is not written yet, for a bounded time. */
  @Override
  void close();

  /** The one that the environment names, or none. */
  static ResultSink of(Environment environment, Service service, Log log) {
    return environment
        .influx()
        .<ResultSink>map(
            influx -> new InfluxResults(influx, new LineProtocol(environment, service), log))
        .orElseGet(Nowhere::new);
  }

  /** Keeps nothing. */
  final class Nowhere implements ResultSink {
    @Override
    public void keep(Step step, EsdlObject object, Results results) {}

    @Override
    public void close() {}
  }
}
