package dev.tutti.store;

import dev.tutti.core.store.Space;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Looks after the disk that a data folder is on: how much is free, whether writes get through, and
 * the {@link ReserveFile}, which it gives up when the disk is full and takes again when there is
 * room.
 */
final class DiskWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
  private static final long LOOK_MILLIS = 500;
  private static final int PRIMARY_CODE = 0xff;
  private static final String BY_ITSELF = "Tutti goes on by itself.";

  private final Path folder;
  private final SpaceSettings settings;
  private final ReserveFile reserve;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Optional<String> trouble = Optional.empty();
  private volatile Space space = Space.enough();
  private Optional<Thread> thread = Optional.empty();

  DiskWatch(DataFolder folder, SpaceSettings settings) {
    this.folder = folder.path();
    this.settings = settings;
    this.reserve = new ReserveFile(folder.reserve(), settings.reserveBytes());
  }

  /** Looks now and, until closed, twice a second. */
  void start() {
    look();
    thread = Optional.of(Thread.ofPlatform().name("store-disk").daemon().start(this::goRound));
  }

  private void goRound() {
    try {
      do {
        if (!reserve.whole() && roomForReserve()) {
          take();
        }
        look();
      } while (!closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void take() {
    try {
      reserve.make();
      LOG.debug("the reserve of {} bytes is made", reserve.size());
    } catch (IOException later) {
      LOG.warn("the reserve in {} cannot be made now: {}", folder, later.getMessage());
    }
  }

  private boolean roomForReserve() {
    return trouble.isEmpty() && free() >= settings.lowBytes() + reserve.size();
  }

  private long free() {
    return folder.toFile().getUsableSpace();
  }

  /** Sees anew what the store can take. */
  synchronized void look() {
    Space before = space;
    space = seen(free());
    if (before.level() != space.level()) {
      tell(before);
    }
  }

  private Space seen(long free) {
    Optional<String> failing = trouble;
    if (failing.isPresent()) {
      return new Space(Space.Level.NONE, failing.get());
    }
    long needed = settings.lowBytes() + (reserve.whole() ? 0 : reserve.size());
    if (free >= needed) {
      return Space.enough();
    }
    return new Space(
        Space.Level.SCARCE,
        "The disk of %s has %s free, and new work needs %s. Nothing new is accepted or started; what runs goes on, and its end is recorded. Free some space there; %s"
            .formatted(folder, mebibytes(free), mebibytes(needed), BY_ITSELF));
  }

  private void tell(Space before) {
    switch (space.level()) {
      case ENOUGH -> LOG.info("The disk of {} takes new work again.", folder);
      case SCARCE -> {
        if (before.level() == Space.Level.NONE) {
          LOG.info("The disk of {} takes writes again.", folder);
        }
        LOG.warn("{}", space.sentence());
      }
      case NONE -> LOG.error("{}", space.sentence());
    }
  }

  Space space() {
    return space;
  }

  /** Whether the disk did not take the last write. */
  boolean failing() {
    return trouble.isPresent();
  }

  /** A write got through. */
  void wrote() {
    if (trouble.isPresent()) {
      trouble = Optional.empty();
      look();
    }
  }

  /** A write did not get through. */
  void failed(SQLException why) {
    trouble = Optional.of(sentence(why));
    look();
  }

  private String sentence(SQLException why) {
    String advice =
        switch (code(why)) {
          case SQLITE_FULL -> "Free some space there; " + BY_ITSELF;
          case SQLITE_READONLY ->
              "Make it writable again (the log of the kernel says why it is not); " + BY_ITSELF;
          case SQLITE_CORRUPT, SQLITE_NOTADB -> "Stop Tutti and restore a backup.";
          default ->
              "Look at the disk, the permissions of the folder and the limit of open files; "
                  + BY_ITSELF;
        };
    return "The disk of %s does not take writes (%s); it has %s free. Nothing is accepted, acknowledged or executed meanwhile; what runs goes on. %s"
        .formatted(folder, why.getMessage(), mebibytes(free()), advice);
  }

  private static SQLiteErrorCode code(SQLException failure) {
    return failure instanceof SQLiteException known
        ? SQLiteErrorCode.getErrorCode(known.getResultCode().code & PRIMARY_CODE)
        : SQLiteErrorCode.UNKNOWN_ERROR;
  }

  /**
   * Gives up the reserve when that is what helps.
   *
   * @return whether to try again
   */
  boolean helped(SQLException failure) {
    boolean full = code(failure) == SQLiteErrorCode.SQLITE_FULL;
    return (full || free() < reserve.size() / 2) && release();
  }

  /** For the start: SQLite itself needs some room to open. */
  void releaseIfFull() {
    if (free() < reserve.size() / 2) {
      boolean _ = release();
    }
  }

  private boolean release() {
    try {
      boolean released = reserve.release();
      if (released) {
        LOG.warn("The disk of {} is full: the reserve is given up to record ends.", folder);
        look();
      }
      return released;
    } catch (UncheckedIOException readOnly) {
      LOG.debug("the reserve cannot be given up", readOnly);
      return false;
    }
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
  }

  @Override
  public void close() {
    closing.countDown();
    thread.ifPresent(DiskWatch::join);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException later) {
      Thread.currentThread().interrupt();
    }
  }
}
