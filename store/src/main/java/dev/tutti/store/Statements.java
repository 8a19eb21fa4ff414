package dev.tutti.store;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Timer;
import dev.tutti.core.store.VersionConflict;
import dev.tutti.core.store.Write;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The statements of the writer, prepared once. Used by its thread alone. After a failure they are
 * prepared anew: the driver closes a statement that failed for a reason such as a full disk.
 */
final class Statements implements AutoCloseable {

  private final PreparedStatement insert;
  private final PreparedStatement update;
  private final PreparedStatement delete;
  private final PreparedStatement append;
  private final PreparedStatement add;
  private final PreparedStatement mark;
  private final PreparedStatement forget;
  private final PreparedStatement setTimer;
  private final PreparedStatement cancelTimer;
  private final PreparedStatement prune;
  private final PreparedStatement touch;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private long lastJournalNumber;
  private long committedJournalNumber;

  Statements(Connection connection, long lastJournalNumber) throws SQLException {
    this.lastJournalNumber = lastJournalNumber;
    this.committedJournalNumber = lastJournalNumber;
    insert =
        connection.prepareStatement(
            "INSERT INTO document (kind, id, version, parent, name, state, schema, created, updated,"
                + " body) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
    update =
        connection.prepareStatement(
            "UPDATE document SET version = version + 1, parent = ?, name = ?, state = ?, schema = ?,"
                + " updated = ?, body = ? WHERE kind = ? AND id = ? AND version = ?");
    delete = connection.prepareStatement("DELETE FROM document WHERE kind = ? AND id = ?");
    append =
        connection.prepareStatement(
            "INSERT INTO journal (number, time, owner_kind, owner_id, type, subject, message, data)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    add =
        connection.prepareStatement(
            "INSERT INTO command (number, kind, owner_kind, owner_id, lane, body, sent)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)");
    mark = connection.prepareStatement("UPDATE command SET sent = 1 WHERE number = ?");
    forget = connection.prepareStatement("DELETE FROM command WHERE number = ?");
    setTimer =
        connection.prepareStatement(
            "INSERT INTO timer (owner_kind, owner_id, name, due) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT DO UPDATE SET due = excluded.due");
    cancelTimer =
        connection.prepareStatement(
            "DELETE FROM timer WHERE owner_kind = ? AND owner_id = ? AND name = ?");
    prune = connection.prepareStatement("DELETE FROM journal WHERE number <= ?");
    touch = connection.prepareStatement("PRAGMA user_version = " + userVersion(connection));
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    commit = connection.prepareStatement("COMMIT");
  }

  void begin() throws SQLException {
    begin.executeUpdate();
  }

  void commit() throws SQLException {
    commit.executeUpdate();
    committedJournalNumber = lastJournalNumber;
  }

  /** Number of the last journal entry of a transaction that was committed. */
  long committedJournalNumber() {
    return committedJournalNumber;
  }

  private static int userVersion(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA user_version")) {
      return result.getInt(1);
    }
  }

  /** Writes a page and changes nothing; an update to the same values would write none. */
  void touch() throws SQLException {
    touch.execute();
  }

  long lastJournalNumber() {
    return lastJournalNumber;
  }

  void apply(Prepared prepared) throws SQLException {
    switch (prepared) {
      case Prepared.Insert document -> insert(document);
      case Prepared.Update document -> update(document);
      case Prepared.Append entry -> append(entry);
      case Prepared.Add command -> add(command);
      case Prepared.Prune(long upTo) -> {
        prune.setLong(1, upTo);
        prune.executeUpdate();
      }
      case Prepared.Plain(Write write) -> plain(write);
    }
  }

  private void insert(Prepared.Insert document) throws SQLException {
    Write.PutDocument<?> put = document.put();
    long now = Database.micros(put.now());
    insert.setString(1, put.kind().name());
    insert.setString(2, put.id());
    insert.setString(3, document.attributes().parent());
    insert.setString(4, document.attributes().name());
    insert.setString(5, document.attributes().state());
    insert.setInt(6, put.kind().schema());
    insert.setLong(7, now);
    insert.setLong(8, now);
    insert.setBytes(9, document.body());
    requireOne(insert.executeUpdate(), put);
  }

  private void update(Prepared.Update document) throws SQLException {
    Write.PutDocument<?> put = document.put();
    update.setString(1, document.attributes().parent());
    update.setString(2, document.attributes().name());
    update.setString(3, document.attributes().state());
    update.setInt(4, put.kind().schema());
    update.setLong(5, Database.micros(put.now()));
    update.setBytes(6, document.body());
    update.setString(7, put.kind().name());
    update.setString(8, put.id());
    update.setLong(9, put.expectedVersion());
    requireOne(update.executeUpdate(), put);
  }

  private static void requireOne(int changed, Write.PutDocument<?> put) {
    if (changed != 1) {
      throw new VersionConflict(put.kind().name(), put.id(), put.expectedVersion());
    }
  }

  private void append(Prepared.Append prepared) throws SQLException {
    JournalEntry entry = prepared.append().entry();
    append.setLong(1, lastJournalNumber + 1);
    append.setLong(2, Database.micros(entry.time()));
    append.setString(3, entry.owner().kind());
    append.setString(4, entry.owner().id());
    append.setString(5, entry.type());
    append.setString(6, entry.subject());
    append.setString(7, entry.message());
    append.setBytes(8, prepared.data());
    append.executeUpdate();
    lastJournalNumber++;
  }

  private void add(Prepared.Add prepared) throws SQLException {
    Command<?> command = prepared.add().command();
    add.setLong(1, command.number());
    add.setString(2, command.kind().name());
    add.setString(3, command.owner().kind());
    add.setString(4, command.owner().id());
    add.setString(5, command.lane());
    add.setBytes(6, prepared.body());
    add.setInt(7, command.sent() ? 1 : 0);
    add.executeUpdate();
  }

  private void plain(Write write) throws SQLException {
    switch (write) {
      case Write.DeleteDocument(var kind, String id) -> {
        delete.setString(1, kind.name());
        delete.setString(2, id);
        delete.executeUpdate();
      }
      case Write.MarkSent(long number) -> {
        mark.setLong(1, number);
        mark.executeUpdate();
      }
      case Write.ForgetCommand(long number) -> {
        forget.setLong(1, number);
        forget.executeUpdate();
      }
      case Write.SetTimer(Timer timer) -> {
        setTimer.setString(1, timer.owner().kind());
        setTimer.setString(2, timer.owner().id());
        setTimer.setString(3, timer.name());
        setTimer.setLong(4, Database.micros(timer.due()));
        setTimer.executeUpdate();
      }
      case Write.CancelTimer(OwnerRef owner, String name) -> {
        cancelTimer.setString(1, owner.kind());
        cancelTimer.setString(2, owner.id());
        cancelTimer.setString(3, name);
        cancelTimer.executeUpdate();
      }
      case Write.PutDocument<?> _, Write.AppendJournal _, Write.AddCommand _ ->
          throw new IllegalStateException("it has a body: " + write);
    }
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement :
        new PreparedStatement[] {
          insert,
          update,
          delete,
          append,
          add,
          mark,
          forget,
          setTimer,
          cancelTimer,
          prune,
          touch,
          begin,
          commit
        }) {
      statement.close();
    }
  }
}
