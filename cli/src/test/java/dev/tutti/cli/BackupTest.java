package dev.tutti.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.BackupArchive;
import dev.tutti.api.BackupManifest;
import dev.tutti.cli.FakeServer.Reply;
import dev.tutti.cli.Tutti.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupTest {

  private static final String BLOB = "blobs/" + "0a".repeat(32);

  @TempDir Path folder;

  private byte[] archive() throws IOException {
    Path content = Files.createDirectories(folder.resolve("content"));
    Files.createDirectories(content.resolve("blobs"));
    Files.writeString(content.resolve("tutti.db"), "records");
    Files.writeString(content.resolve("token"), "secret");
    Files.writeString(content.resolve(BLOB), "request");
    List<BackupManifest.Entry> entries =
        Stream.of("tutti.db", "token", BLOB).map(name -> describe(content, name)).toList();
    Path file = folder.resolve("made");
    Files.deleteIfExists(file);
    new BackupArchive(file)
        .write(
            new BackupManifest(
                "0.1.0",
                1,
                Instant.parse("2026-11-21T10:00:00Z"),
                Map.of("model", 12L, "deployment", 3L),
                entries),
            content);
    return Files.readAllBytes(file);
  }

  private static BackupManifest.Entry describe(Path content, String name) {
    try {
      return BackupArchive.describe(name, content.resolve(name));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Outcome backup(byte[] archive, String... arguments) {
    try (FakeServer server = new FakeServer().on("GET /backup", Reply.bytes(archive))) {
      return Tutti.of(server)
          .run(Stream.concat(Stream.of("backup"), Stream.of(arguments)).toArray(String[]::new));
    }
  }

  @Test
  void backupIsSavedForItsOwnerAloneAndSaysWhatIsInIt() throws IOException {
    Path file = folder.resolve("tutti.backup");
    Outcome outcome = backup(archive(), file.toString());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out().lines())
        .containsExactly(
            "saved      %s, %d bytes, checked".formatted(file, Files.size(file)),
            "made       2026-11-21T10:00:00Z by Tutti 0.1.0 (schema 1)",
            "records    deployment 3, model 12",
            "files      tutti.db, token and 1 requests that wait");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
    new BackupArchive(file).extract(unpacked);
    assertThat(unpacked.resolve(BLOB)).hasContent("request");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(unpacked.resolve("token"))))
        .isEqualTo("rw-------");
  }

  @Test
  void backupIntoAFolderIsNamedByTheDate() throws IOException {
    Path backups = Files.createDirectory(folder.resolve("backups"));
    assertThat(backup(archive(), backups.toString()).status()).isZero();
    assertThat(backups.resolve("tutti-20261121T120000Z.backup")).isRegularFile();
  }

  @Test
  void fileThatIsThereIsReplacedOnlyByForce() throws IOException {
    Path file = Files.writeString(folder.resolve("precious"), "mine");
    Outcome refused = backup(archive(), file.toString());
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("exists already").contains("--force");
    assertThat(file).hasContent("mine");
    assertThat(backup(archive(), file.toString(), "--force").status()).isZero();
    new BackupArchive(file).verify();
  }

  @Test
  void backupThatBreaksOffLeavesNothing() throws IOException {
    Path backups = Files.createDirectory(folder.resolve("backups"));
    byte[] archive = archive();
    byte[] half = Arrays.copyOf(archive, archive.length / 2);
    try (FakeServer server = new FakeServer().on("GET /backup", Reply.bytes(half).thenCut())) {
      Outcome outcome = Tutti.of(server).run("backup", backups.resolve("b").toString());
      assertThat(outcome.status()).isEqualTo(4);
    }
    assertThat(backup(half, backups.resolve("b").toString()).err())
        .contains("no usable backup")
        .contains("Nothing was saved");
    try (Stream<Path> left = Files.list(backups)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void refusalOfTheServerIsTold() {
    try (FakeServer server =
        new FakeServer()
            .on(
                "GET /backup",
                Reply.problem(507, "no-room-for-backup", "No room.", "Free some."))) {
      Outcome outcome = Tutti.of(server).run("backup", folder.resolve("b").toString());
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.err()).contains("No room.").contains("Free some.");
    }
  }

  @Test
  void everyChangedByteIsFound() throws IOException {
    byte[] archive = archive();
    int step = 7;
    for (int at = 0; at < archive.length; at += step) {
      byte[] changed = archive.clone();
      changed[at] ^= 0x20;
      Path file = Files.write(folder.resolve("changed"), changed);
      Path unpacked = Files.createDirectory(folder.resolve("unpacked-" + at));
      try {
        new BackupArchive(file).extract(unpacked);
      } catch (BackupArchive.Damaged | IOException found) {
        continue;
      }
      // What is no content, such as the time of an entry, may change; content may not.
      assertThat(unpacked.resolve("tutti.db")).as("byte %d", at).hasContent("records");
      assertThat(unpacked.resolve("token")).as("byte %d", at).hasContent("secret");
      assertThat(unpacked.resolve(BLOB)).as("byte %d", at).hasContent("request");
    }
  }

  @Test
  void fileThatWouldLandElsewhereIsRefused() throws IOException {
    Path file = folder.resolve("evil");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("manifest"));
      zip.write(
          ("tutti backup 1\nversion x\nschema 1\ncreated 2026-11-21T10:00:00Z\nfile "
                  + "0".repeat(64)
                  + " 0 ../evil\n")
              .getBytes(StandardCharsets.UTF_8));
    }
    assertThatThrownBy(() -> new BackupArchive(file).extract(folder))
        .isInstanceOf(BackupArchive.Damaged.class)
        .hasMessageContaining("../evil");
  }

  @Test
  void fileThatTheManifestDoesNotNameIsRefused() throws IOException {
    Path file = folder.resolve("more");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("manifest"));
      zip.write(
          "tutti backup 1\nversion x\nschema 1\ncreated 2026-11-21T10:00:00Z\n"
              .getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("token"));
    }
    assertThatThrownBy(() -> new BackupArchive(file).verify())
        .isInstanceOf(BackupArchive.Damaged.class)
        .hasMessageContaining("[token]");
  }
}
