package dev.tutti.store;

import dev.tutti.core.Failure;
import dev.tutti.core.Sha256;
import dev.tutti.core.store.Blobs;
import dev.tutti.core.store.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Blobs as sealed files that are named by their content. A file appears under its name only when
 * its bytes are on the disk. Files of a release that did not seal are read as they are.
 */
public final class FileBlobs implements Blobs {

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern WORD = Pattern.compile("[a-z]{1,30}");

  private final Path folder;
  private final Seal seal;
  // Held for writing while nothing may be deleted.
  private final ReentrantReadWriteLock deleting = new ReentrantReadWriteLock();

  private FileBlobs(Path folder, Seal seal) {
    this.folder = folder;
    this.seal = seal;
  }

  /** Opens the blobs of a data folder, and clears away what a crash left half written. */
  public static FileBlobs open(DataFolder data) {
    return open(data, data.blobs());
  }

  /**
   * Opens a collection of its own, beside the blobs of others: who keeps only what it needs must
   * not delete theirs.
   *
   * @param collection a word that can be the name of a folder
   */
  public static FileBlobs open(DataFolder data, String collection) {
    if (!WORD.matcher(collection).matches()) {
      throw new IllegalArgumentException("no name of a collection: " + collection);
    }
    return open(data, data.blobs().resolve(collection));
  }

  private static FileBlobs open(DataFolder data, Path folder) {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          if (file.getFileName().toString().endsWith(PrivateFile.PART)) {
            Files.delete(file);
          }
        }
      }
      return new FileBlobs(folder, SealedWith.keyOf(data, Optional.empty()));
    } catch (IOException unusable) {
      throw unavailable(folder, unusable);
    }
  }

  @Override
  public String put(byte[] content) {
    String hash = Sha256.hex(content);
    Path file = folder.resolve(hash);
    try {
      if (Files.exists(file)) {
        return hash;
      }
      PrivateFile.write(file, seal.seal(content));
      return hash;
    } catch (IOException failure) {
      throw unavailable(file, failure);
    }
  }

  @Override
  public Optional<byte[]> get(String hash) {
    Path file = file(hash);
    try {
      byte[] kept = Files.readAllBytes(file);
      byte[] content = Seal.isSealed(kept) ? seal.open(kept) : kept;
      if (!Sha256.hex(content).equals(hash)) {
        throw new Failure.Unavailable("The blob %s is damaged.".formatted(file));
      }
      return Optional.of(content);
    } catch (NoSuchFileException deleted) {
      return Optional.empty();
    } catch (IOException failure) {
      throw unavailable(file, failure);
    }
  }

  @Override
  public Set<String> list() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(HASH.asMatchPredicate())
          .collect(Collectors.toSet());
    } catch (IOException failure) {
      throw unavailable(folder, failure);
    }
  }

  @Override
  public void delete(String hash) {
    Path file = file(hash);
    deleting.readLock().lock();
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      throw unavailable(file, failure);
    } finally {
      deleting.readLock().unlock();
    }
  }

  /**
   * Copies the database and then all blobs; nothing is deleted meanwhile, so that every blob that
   * the copy of the database names is there.
   *
   * @param database copies the database
   * @param target folder that the blobs are linked into
   */
  public void copyAfter(Runnable database, Path target) {
    deleting.writeLock().lock();
    try {
      database.run();
      Files.createDirectories(target);
      for (String hash : list()) {
        Files.createLink(target.resolve(hash), file(hash));
      }
    } catch (IOException failure) {
      throw unavailable(target, failure);
    } finally {
      deleting.writeLock().unlock();
    }
  }

  private Path file(String hash) {
    if (!HASH.matcher(hash).matches()) {
      throw new IllegalArgumentException("not the hash of a blob: " + hash);
    }
    return folder.resolve(hash);
  }

  private static Failure.Unavailable unavailable(Path file, IOException cause) {
    return new Failure.Unavailable(
        "%s cannot be used: %s.".formatted(file, cause.getMessage()), cause);
  }
}
