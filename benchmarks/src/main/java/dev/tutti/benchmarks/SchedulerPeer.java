package dev.tutti.benchmarks;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * db-scheduler on an SQLite file that is as durable as ours, with its default strategy for this
 * database (fetch, then lock when executing): what people use who want durable jobs in one process.
 */
final class SchedulerPeer {

  private static final int THREADS = 10;
  private static final long LATEST_SECONDS = 120;
  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE scheduled_tasks (task_name TEXT, task_instance TEXT, task_data BLOB,"
              + " execution_time TIMESTAMP, picked BIT, picked_by TEXT, last_success TIMESTAMP,"
              + " last_failure TIMESTAMP, consecutive_failures INT, last_heartbeat TIMESTAMP,"
              + " version BIGINT, priority SMALLINT, PRIMARY KEY (task_name, task_instance))",
          "CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time)",
          "CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)");

  private SchedulerPeer() {}

  /** Jobs that do nothing, all due: how many of them are executed in a second. */
  static double jobsPerSecond(Path folder, int jobs) throws SQLException, InterruptedException {
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(source(folder));
    pool.setMaximumPoolSize(THREADS + 2);
    try (HikariDataSource connections = new HikariDataSource(pool)) {
      try (Connection connection = connections.getConnection();
          Statement statement = connection.createStatement()) {
        for (String table : TABLES) {
          statement.execute(table);
        }
      }
      return run(connections, jobs);
    }
  }

  private static SQLiteDataSource source(Path folder) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setBusyTimeout(10_000);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + folder.resolve("jobs.db"));
    return source;
  }

  private static double run(HikariDataSource connections, int jobs) throws InterruptedException {
    CountDownLatch executed = new CountDownLatch(jobs);
    OneTimeTask<Void> job = Tasks.oneTime("job").execute((_, _) -> executed.countDown());
    Scheduler scheduler =
        Scheduler.create(connections, job)
            .threads(THREADS)
            .pollingInterval(Duration.ofMillis(100))
            .shutdownMaxWait(Duration.ofSeconds(5))
            .build();
    List<TaskInstance<?>> due = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      due.add(job.instance("job-" + i));
    }
    scheduler.scheduleBatch(due, Instant.now());
    Stopwatch watch = new Stopwatch();
    scheduler.start();
    try {
      if (!executed.await(LATEST_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(executed.getCount() + " jobs are left");
      }
      return jobs / watch.seconds();
    } finally {
      scheduler.stop();
    }
  }
}
