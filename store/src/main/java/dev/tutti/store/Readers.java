package dev.tutti.store;

import dev.tutti.core.Failure;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few connections for reading, each with its statements kept prepared. */
final class Readers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
  private static final long WAIT_SECONDS = 30;

  /** Reads with a connection that nobody else uses meanwhile. */
  @FunctionalInterface
  interface Reading<T> {
    T read(Reader reader) throws SQLException;
  }

  /** One connection and its statements by SQL text. */
  static final class Reader {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Reader(Connection connection) {
      this.connection = connection;
    }

    PreparedStatement prepare(String sql) throws SQLException {
      PreparedStatement known = statements.get(sql);
      if (known == null) {
        known = connection.prepareStatement(sql);
        statements.put(sql, known);
      }
      return known;
    }

    /** The driver closes a statement that failed for good, such as for want of a file handle. */
    void forgetStatements() {
      for (PreparedStatement statement : statements.values()) {
        try {
          statement.close();
        } catch (SQLException alreadyClosed) {
          LOG.debug("a statement did not close", alreadyClosed);
        }
      }
      statements.clear();
    }
  }

  private final List<Reader> all = new ArrayList<>();
  private final BlockingQueue<Reader> free;

  Readers(Path file, int count) throws SQLException {
    free = new ArrayBlockingQueue<>(count);
    for (int i = 0; i < count; i++) {
      Reader reader = new Reader(Database.reader(file));
      all.add(reader);
      free.add(reader);
    }
  }

  <T> T read(Reading<T> reading) {
    Reader reader = take();
    try {
      return reading.read(reader);
    } catch (SQLException failure) {
      reader.forgetStatements();
      throw Database.unavailable(failure);
    } finally {
      free.add(reader);
    }
  }

  private Reader take() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          Reader reader = free.poll(WAIT_SECONDS, TimeUnit.SECONDS);
          if (reader == null) {
            throw new Failure.Unavailable(
                "The store did not answer within %d s.".formatted(WAIT_SECONDS));
          }
          return reader;
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() throws SQLException {
    for (Reader reader : all) {
      reader.connection.close();
    }
  }
}
