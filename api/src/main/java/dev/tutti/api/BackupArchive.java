package dev.tutti.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A backup as one file: a ZIP whose first entry is its {@link BackupManifest}. */
public final class BackupArchive {

  private static final String MANIFEST = "manifest";
  private static final int LONGEST_MANIFEST = 64 << 20;
  private static final int PIECE = 64 << 10;

  private final Path file;

  public BackupArchive(Path file) {
    this.file = file;
  }

  /** Not a backup, or not a whole one. */
  public static final class Damaged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Damaged(Path file, String why) {
      super("%s is no usable backup: %s.".formatted(file, why));
    }
  }

  /** Describes a file for the manifest. */
  public static BackupManifest.Entry describe(String name, Path content) throws IOException {
    try (InputStream in = Files.newInputStream(content)) {
      MessageDigest digest = sha256();
      long size = copy(in, OutputStream.nullOutputStream(), digest, Long.MAX_VALUE);
      return new BackupManifest.Entry(name, size, HexFormat.of().formatHex(digest.digest()));
    }
  }

  /** Writes a new archive of the files that the manifest names, found below a folder. */
  public void write(BackupManifest manifest, Path folder) throws IOException {
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW))) {
      zip.putNextEntry(new ZipEntry(MANIFEST));
      zip.write(manifest.text().getBytes(StandardCharsets.UTF_8));
      for (BackupManifest.Entry entry : manifest.entries()) {
        zip.putNextEntry(new ZipEntry(entry.name()));
        Files.copy(folder.resolve(entry.name()), zip);
      }
    }
  }

  /**
   * Reads all of it and compares it with its manifest.
   *
   * @throws Damaged when anything is missing, changed, or there that should not be
   */
  public BackupManifest verify() throws IOException {
    return read((_, in, digest, size) -> copy(in, OutputStream.nullOutputStream(), digest, size));
  }

  /**
   * Unpacks it into an empty folder, on the disk when this returns, for the owner's eyes only.
   *
   * @throws Damaged when it is not what its manifest says
   */
  public BackupManifest extract(Path folder) throws IOException {
    return read((name, in, digest, size) -> {
      Path target = folder.resolve(name);
      Files.createDirectories(target.resolveSibling("."));
      Files.createFile(
          target,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      long copied;
      try (OutputStream out = Files.newOutputStream(target)) {
        copied = copy(in, out, digest, size);
      }
      try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      return copied;
    });
  }

  /** Takes the content of one file; gives how long it was. */
  @FunctionalInterface
  private interface Taker {
    long take(String name, InputStream content, MessageDigest digest, long size) throws IOException;
  }

  private BackupManifest read(Taker taker) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
      BackupManifest manifest = manifest(zip);
      Set<String> unnamed = new HashSet<>();
      zip.stream().map(ZipEntry::getName).forEach(unnamed::add);
      unnamed.remove(MANIFEST);
      for (BackupManifest.Entry entry : manifest.entries()) {
        unnamed.remove(entry.name());
        check(zip, entry, taker);
      }
      if (!unnamed.isEmpty()) {
        throw new Damaged(file, "it has files that its manifest does not name: " + unnamed);
      }
      return manifest;
    } catch (ZipException broken) {
      throw new Damaged(file, String.valueOf(broken.getMessage()));
    }
  }

  private BackupManifest manifest(ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(MANIFEST);
    if (entry == null) {
      throw new Damaged(file, "it has no manifest");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      String text = new String(in.readNBytes(LONGEST_MANIFEST), StandardCharsets.UTF_8);
      return BackupManifest.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw new Damaged(file, String.valueOf(wrong.getMessage()));
    }
  }

  private void check(ZipFile zip, BackupManifest.Entry entry, Taker taker) throws IOException {
    ZipEntry found = zip.getEntry(entry.name());
    if (found == null) {
      throw new Damaged(file, entry.name() + " is missing");
    }
    MessageDigest digest = sha256();
    long size;
    try (InputStream in = zip.getInputStream(found)) {
      size = taker.take(entry.name(), in, digest, entry.size());
    }
    if (size != entry.size() || !HexFormat.of().formatHex(digest.digest()).equals(entry.sha256())) {
      throw new Damaged(file, entry.name() + " is not what it was");
    }
  }

  /** Stops one byte beyond the limit, so that no archive can unpack to more than it says. */
  private static long copy(InputStream in, OutputStream out, MessageDigest digest, long limit)
      throws IOException {
    byte[] piece = new byte[PIECE];
    long copied = 0;
    int read = in.read(piece);
    while (read >= 0 && copied <= limit) {
      digest.update(piece, 0, read);
      out.write(piece, 0, read);
      copied += read;
      read = in.read(piece);
    }
    return copied;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /**
   * The names that a data folder may have beside the database and its blobs: secrets, which
   * backplane it is used with, and what its containers are known by.
   */
  public static List<String> secrets() {
    return List.of("token", "broker-account", "key", "backplane", "docker-mark");
  }
}
