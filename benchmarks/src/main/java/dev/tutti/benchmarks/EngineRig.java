package dev.tutti.benchmarks;

import dev.tutti.core.run.Engine;
import dev.tutti.core.run.ThreadAlarms;
import dev.tutti.store.DataFolder;
import dev.tutti.store.SqliteStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An engine on a store, put together as the server does it. */
final class EngineRig implements AutoCloseable {

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ThreadAlarms alarms = new ThreadAlarms(threads, Clock.systemUTC());
  private final Gauges gauges = new Gauges();
  private final SqliteStore store;
  private final Engine engine;

  EngineRig(Path folder) {
    store = SqliteStore.open(DataFolder.open(folder));
    engine = new Engine(store, Clock.systemUTC(), threads, alarms, gauges);
  }

  Engine engine() {
    return engine;
  }

  long gauge(String name) {
    return gauges.value(name);
  }

  @Override
  public void close() {
    engine.close();
    alarms.close();
    threads.shutdownNow();
    threads.close();
    store.close();
  }
}
