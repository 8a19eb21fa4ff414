package dev.tutti.store;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.DocumentPage;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.Timer;
import dev.tutti.core.store.UnreadableDocument;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** What is read from the database. */
final class Reading {

  private static final Logger LOG = LoggerFactory.getLogger(Reading.class);
  private static final String COLUMNS = "id, version, schema, created, updated, body";

  private final Readers readers;
  private final BodyJson json;
  private final Damages damages;

  Reading(Readers readers, BodyJson json, Damages damages) {
    this.readers = readers;
    this.json = json;
    this.damages = damages;
  }

  <T extends Record> Optional<Document<T>> find(DocumentKind<T> kind, String id) {
    return readers.read(reader -> {
      PreparedStatement select =
          reader.prepare("SELECT " + COLUMNS + " FROM document WHERE kind = ? AND id = ?");
      select.setString(1, kind.name());
      select.setString(2, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(document(kind, row)) : Optional.empty();
      }
    });
  }

  <T extends Record> DocumentPage<T> page(DocumentKind<T> kind, Query query) {
    return readers.read(reader -> {
      PreparedStatement select =
          reader.prepare(
              "SELECT %s FROM document %s AND id > ? ORDER BY id LIMIT ?"
                  .formatted(COLUMNS, where(query)));
      int next = bind(select, kind, query);
      select.setString(next, query.after());
      select.setInt(next + 1, query.limit());
      List<Document<T>> documents = new ArrayList<>();
      List<UnreadableDocument> unreadable = new ArrayList<>();
      String last = query.after();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          last = rows.getString(1);
          try {
            documents.add(document(kind, rows));
          } catch (UnreadableDocument damaged) {
            unreadable.add(damaged);
          }
        }
      }
      return DocumentPage.of(query, documents, unreadable, last);
    });
  }

  long count(DocumentKind<?> kind, Query query) {
    return readers.read(reader -> {
      PreparedStatement select =
          reader.prepare("SELECT count(*) FROM document " + where(query) + " AND id > ?");
      select.setString(bind(select, kind, query), query.after());
      return number(select, 0);
    });
  }

  /**
   * With a parent its index, with states alone theirs: the planner cannot know which is smaller.
   */
  private static String where(Query query) {
    StringBuilder sql = new StringBuilder();
    if (!query.parent().isEmpty()) {
      sql.append("INDEXED BY document_by_parent WHERE kind = ? AND parent = ? AND parent <> ''");
    } else if (!query.states().isEmpty()) {
      sql.append("INDEXED BY document_by_state WHERE kind = ?");
    } else {
      sql.append("WHERE kind = ?");
    }
    if (!query.states().isEmpty()) {
      String marks = query.states().stream().map(_ -> "?").collect(Collectors.joining(", "));
      sql.append(" AND state IN (").append(marks).append(')');
    }
    return sql.toString();
  }

  private static int bind(PreparedStatement select, DocumentKind<?> kind, Query query)
      throws SQLException {
    int next = 1;
    select.setString(next++, kind.name());
    if (!query.parent().isEmpty()) {
      select.setString(next++, query.parent());
    }
    for (String state : query.states()) {
      select.setString(next++, state);
    }
    return next;
  }

  private <T extends Record> Document<T> document(DocumentKind<T> kind, ResultSet row)
      throws SQLException {
    String id = row.getString(1);
    try {
      return new Document<>(
          kind,
          id,
          row.getLong(2),
          Database.instant(row.getLong(4)),
          Database.instant(row.getLong(5)),
          json.read(kind, id, row.getInt(3), row.getBytes(6)));
    } catch (UnreadableDocument damaged) {
      damages.met(kind, damaged);
      throw damaged;
    }
  }

  List<Command<?>> commands(List<CommandKind<?>> kinds, long after, int limit) {
    Map<String, CommandKind<?>> known = new HashMap<>();
    kinds.forEach(kind -> known.put(kind.name(), kind));
    return readers.read(reader -> {
      PreparedStatement select =
          reader.prepare(
              "SELECT number, kind, owner_kind, owner_id, lane, body, sent FROM command"
                  + " WHERE number > ? ORDER BY number");
      select.setLong(1, after);
      List<Command<?>> commands = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (commands.size() < limit && row.next()) {
          @Nullable CommandKind<?> kind = known.get(row.getString(2));
          if (kind != null) {
            command(kind, row).ifPresent(commands::add);
          }
        }
      }
      return commands;
    });
  }

  /** One that cannot be read stays where it is, for a release that can. */
  private <T extends Record> Optional<Command<T>> command(CommandKind<T> kind, ResultSet row)
      throws SQLException {
    long number = row.getLong(1);
    OwnerRef owner = new OwnerRef(row.getString(3), row.getString(4));
    try {
      T body = json.read(kind.type(), row.getBytes(6));
      return Optional.of(
          new Command<>(number, kind, owner, row.getString(5), body, row.getInt(7) != 0));
    } catch (JacksonException unreadable) {
      LOG.error(
          "command {} '{}' of {} cannot be read, and is not carried out: {}",
          number,
          kind,
          owner,
          unreadable.getOriginalMessage());
      return Optional.empty();
    }
  }

  long lastCommandNumber() {
    return number("SELECT max(number) FROM command", 0);
  }

  List<Timer> timers() {
    return readers.read(reader -> {
      List<Timer> timers = new ArrayList<>();
      PreparedStatement select =
          reader.prepare("SELECT owner_kind, owner_id, name, due FROM timer");
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          timers.add(
              new Timer(
                  new OwnerRef(row.getString(1), row.getString(2)),
                  row.getString(3),
                  Database.instant(row.getLong(4))));
        }
      }
      return timers;
    });
  }

  List<JournalEntry> journal(long after, Optional<OwnerRef> owner, int limit) {
    return readers.read(reader -> {
      PreparedStatement select =
          reader.prepare(
              "SELECT number, time, owner_kind, owner_id, type, subject, message, data"
                  + " FROM journal WHERE number > ?"
                  + (owner.isPresent() ? " AND owner_kind = ? AND owner_id = ?" : "")
                  + " ORDER BY number LIMIT ?");
      int next = 1;
      select.setLong(next++, after);
      if (owner.isPresent()) {
        select.setString(next++, owner.get().kind());
        select.setString(next++, owner.get().id());
      }
      select.setInt(next, limit);
      List<JournalEntry> entries = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          entries.add(entry(row));
        }
      }
      return entries;
    });
  }

  /** Backwards from the end: there is no index of owners, which every entry would pay for. */
  List<JournalEntry> newest(OwnerRef owner, String subject, int limit) {
    return readers.read(reader -> {
      PreparedStatement select =
          reader.prepare(
              "SELECT number, time, owner_kind, owner_id, type, subject, message, data"
                  + " FROM journal WHERE number > (SELECT max(number) FROM journal) - ?"
                  + " AND owner_kind = ? AND owner_id = ?"
                  + (subject.isEmpty() ? "" : " AND subject = ?")
                  + " ORDER BY number DESC LIMIT "
                  + limit);
      select.setLong(1, Store.LOOK_BACK);
      select.setString(2, owner.kind());
      select.setString(3, owner.id());
      if (!subject.isEmpty()) {
        select.setString(4, subject);
      }
      List<JournalEntry> entries = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          entries.add(entry(row));
        }
      }
      return entries.reversed();
    });
  }

  private JournalEntry entry(ResultSet row) throws SQLException {
    return new JournalEntry(
        row.getLong(1),
        Database.instant(row.getLong(2)),
        new OwnerRef(row.getString(3), row.getString(4)),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        details(row.getBytes(8)));
  }

  /** Who follows what happens is not stopped by an entry whose details cannot be read. */
  private Map<String, Object> details(byte[] bytes) {
    try {
      return json.tree(bytes);
    } catch (JacksonException unreadable) {
      return Map.of("unreadable", true);
    }
  }

  long firstJournalNumber() {
    return number("SELECT min(number) FROM journal", 1);
  }

  long lastJournalNumber() {
    return number("SELECT max(number) FROM journal", 0);
  }

  /** Number of the last entry that is older than the instant in microseconds; 0 for none. */
  long lastJournalNumberBefore(long micros) {
    return readers.read(reader -> {
      // Times hardly ever go back, so the first entry that is young enough ends the search.
      PreparedStatement select =
          reader.prepare("SELECT number FROM journal WHERE time >= ? ORDER BY number LIMIT 1");
      select.setLong(1, micros);
      return number(select, lastJournalNumber() + 1) - 1;
    });
  }

  long journalBytes() {
    return number(
        "SELECT sum(length(data) + length(message) + length(subject) + length(owner_id) + 60)"
            + " FROM journal",
        0);
  }

  private long number(String sql, long otherwise) {
    return readers.read(reader -> number(reader.prepare(sql), otherwise));
  }

  private static long number(PreparedStatement select, long otherwise) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return otherwise;
      }
      long number = row.getLong(1);
      return row.wasNull() ? otherwise : number;
    }
  }
}
