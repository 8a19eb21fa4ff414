package dev.tutti.store;

import dev.tutti.core.Failure;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.Problem;
import dev.tutti.core.backplane.Health;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.DocumentPage;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Space;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.Timer;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.UnreadableDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store in one SQLite file. Readers see committed states through connections of their own;
 * writes go through {@link GroupCommit}. A file that is newer, foreign or in use is refused
 * untouched.
 */
public final class SqliteStore implements Store {

  private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);
  private static final int READERS = 4;

  private final DataFolder folder;
  private final FolderLock lock;
  private final BodyJson json;
  private final Damages damages = new Damages();
  private final Readers readers;
  private final Reading reading;
  private final GroupCommit writer;
  private final DiskWatch disk;
  private volatile Optional<String> damage = Optional.empty();
  private boolean closed;

  private SqliteStore(
      DataFolder folder, FolderLock lock, SpaceSettings space, Migrations migrations)
      throws SQLException {
    this.folder = folder;
    this.lock = lock;
    requireRestored(folder);
    Path file = folder.database();
    boolean exists = DatabaseHeader.check(file, migrations.newest());
    this.disk = new DiskWatch(folder, space);
    // Before the first look inside, which takes room for itself.
    disk.releaseIfFull();
    Optional<String> neededKey =
        exists ? SealedWith.neededBy(file, new BodyJson()) : Optional.empty();
    Seal seal = SealedWith.keyOf(folder, neededKey);
    this.json = new BodyJson(SecretJson.module(seal));
    Database.prepare(file, exists, migrations);
    this.readers = new Readers(file, READERS);
    this.reading = new Reading(readers, json, damages);
    this.writer = new GroupCommit(Database.writer(file), reading.lastJournalNumber(), disk);
    disk.start();
    if (neededKey.isEmpty()) {
      commit(SealedWith.note(seal, Instant.now()));
    }
    boolean clean = takeCleanMark();
    if (exists && !clean) {
      LOG.info("The last stop was not clean; {} is checked in the background.", file);
      Thread.ofPlatform().name("store-check").daemon().start(this::quickCheck);
    }
  }

  /**
   * Opens the store of a data folder, and creates or upgrades it if need be.
   *
   * @throws Failure.Rejected when the file is newer, foreign or in use; it was not touched
   */
  public static SqliteStore open(DataFolder folder) {
    return open(folder, SpaceSettings.defaults());
  }

  /** Opens it with other settings than the usual ones. */
  public static SqliteStore open(DataFolder folder, SpaceSettings space) {
    return open(folder, space, Migrations.ours());
  }

  static SqliteStore open(DataFolder folder, SpaceSettings space, Migrations migrations) {
    FolderLock lock = FolderLock.take(folder.path());
    try {
      return new SqliteStore(folder, lock, space, migrations);
    } catch (SQLException failure) {
      lock.close();
      throw Database.unavailable(failure);
    } catch (RuntimeException failure) {
      lock.close();
      throw failure;
    }
  }

  private static void requireRestored(DataFolder folder) {
    if (Files.exists(folder.restoring())) {
      throw new Failure.Rejected(
          Problem.of(
                  "restore-unfinished",
                  409,
                  "A backup was being put in place in %s, and that did not come to its end."
                      .formatted(folder.path()))
              .suggesting("Run `tutti restore` with --force again."));
    }
  }

  private boolean takeCleanMark() {
    try {
      return Files.deleteIfExists(folder.cleanMark());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void quickCheck() {
    try (Connection connection = Database.reader(folder.database());
        var statement = connection.createStatement();
        var result = statement.executeQuery("PRAGMA quick_check(5)")) {
      StringBuilder found = new StringBuilder();
      while (result.next()) {
        found.append(result.getString(1)).append(' ');
      }
      String said = found.toString().strip();
      if (!said.equals("ok")) {
        damage = Optional.of(said);
        LOG.error("{} is damaged: {}. Restore a backup.", folder.database(), said);
      }
    } catch (SQLException failure) {
      damage = Optional.of(String.valueOf(failure.getMessage()));
      LOG.error("{} could not be checked", folder.database(), failure);
    }
  }

  /** Number of the schema that this program writes. */
  public static int schema() {
    return Migrations.ours().newest();
  }

  /** Whether the file is sound and takes writes. */
  public Health health() {
    if (damage.isPresent()) {
      return Health.bad("the database is damaged, restore a backup: " + damage.get());
    }
    Space now = disk.space();
    return now.level() == Space.Level.ENOUGH ? Health.good() : Health.bad(now.sentence());
  }

  /** Documents that somebody wanted and that cannot be read. */
  public List<UnreadableDocument> unreadable() {
    return damages.still(reading);
  }

  @Override
  public Space space() {
    return disk.space();
  }

  /**
   * Copies the database as it is at one moment, while others write.
   *
   * @param target is not there yet
   * @return the number of documents in the copy, by kind
   */
  public Map<String, Long> copyTo(Path target) {
    try (Connection connection = Database.copier(folder.database())) {
      CopyOfDatabase.write(connection, target);
    } catch (SQLException failure) {
      throw Database.unavailable(failure);
    }
    return DocumentCounts.documents(target);
  }

  @Override
  public <T extends Record> Optional<Document<T>> find(DocumentKind<T> kind, String id) {
    return reading.find(kind, id);
  }

  @Override
  public <T extends Record> DocumentPage<T> page(DocumentKind<T> kind, Query query) {
    return reading.page(kind, query);
  }

  @Override
  public long count(DocumentKind<?> kind, Query query) {
    return reading.count(kind, query);
  }

  @Override
  public long commit(Transaction transaction) {
    return writer.commit(Prepared.of(transaction, json));
  }

  @Override
  public void commitSoon(Transaction transaction) {
    writer.commitSoon(Prepared.of(transaction, json));
  }

  @Override
  public List<Command<?>> commands(List<CommandKind<?>> kinds, long after, int limit) {
    return reading.commands(kinds, after, limit);
  }

  @Override
  public long lastCommandNumber() {
    return reading.lastCommandNumber();
  }

  @Override
  public List<Timer> timers() {
    return reading.timers();
  }

  @Override
  public List<JournalEntry> journal(long after, Optional<OwnerRef> owner, int limit) {
    return reading.journal(after, owner, limit);
  }

  @Override
  public List<JournalEntry> newest(OwnerRef owner, String subject, int limit) {
    return reading.newest(owner, subject, limit);
  }

  @Override
  public long firstJournalNumber() {
    return reading.firstJournalNumber();
  }

  @Override
  public long lastJournalNumber() {
    return reading.lastJournalNumber();
  }

  /**
   * Deletes journal entries that are older than the instant, or the oldest of those beyond the
   * size, in small steps. The last entry stays, so that numbering goes on.
   *
   * @param maxBytes how large the texts of all entries may be together
   */
  public void pruneJournal(Instant olderThan, long maxBytes) {
    new JournalPruning(reading, writer).prune(olderThan, maxBytes);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    disk.close();
    try {
      readers.close();
      writer.close();
      Files.writeString(folder.cleanMark(), "");
    } catch (SQLException failure) {
      throw Database.unavailable(failure);
    } catch (IOException failure) {
      LOG.warn("the clean stop could not be marked: {}", failure.getMessage());
    } finally {
      lock.close();
    }
  }
}
