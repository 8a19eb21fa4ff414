package dev.tutti.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.Failure;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.SecretMap;
import dev.tutti.core.backplane.Image;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.Delivery;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing secret is on the disk in clear, and nothing is opened without its key. */
final class SecretsTest {

  private static final String SECRET = "hunter2-and-more";
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  record Errand(String name, SecretMap variables) {}

  private static final CommandKind<Errand> ERRAND =
      new CommandKind<>("errand", Errand.class, Delivery.REPEATABLE);

  @TempDir Path temporary;
  private Path folder;
  private Path key;

  @BeforeEach
  void chooseFolder() {
    folder = temporary.resolve("data");
    key = folder.resolve("key");
  }

  private SqliteStore open() {
    return SqliteStore.open(DataFolder.open(folder));
  }

  private static Image image(String value) {
    return new Image("pv:1", List.of("run"), "", Map.of("PASSWORD", value));
  }

  private static void put(SqliteStore store, long version, Image image) {
    store.commit(Transaction.of(new Write.PutDocument<>(Image.KIND, "pv:1", version, image, NOW)));
  }

  /** The files below the data folder in which a text is found as it is. */
  private List<Path> filesWith(String text) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(file -> bytes(file).contains(text)).toList();
    }
  }

  private static String bytes(Path file) {
    try {
      return Files.readString(file, ISO_8859_1);
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  @Test
  void environmentOfADocumentIsSealedAndComesBack() throws IOException {
    try (SqliteStore store = open()) {
      put(store, 0, image(SECRET));
      assertThat(store.find(Image.KIND, "pv:1").map(Document::body)).contains(image(SECRET));
      assertThat(filesWith("pv:1")).isNotEmpty();
      assertThat(filesWith(SECRET)).isEmpty();
    }
    assertThat(filesWith(SECRET)).isEmpty();
    try (SqliteStore store = open()) {
      assertThat(store.find(Image.KIND, "pv:1").map(Document::body)).contains(image(SECRET));
    }
  }

  @Test
  void secretsInACommandAreSealedToo() throws IOException {
    OwnerRef owner = new OwnerRef("test", "o");
    Errand errand = new Errand("fetch", SecretMap.of(Map.of("PASSWORD", SECRET)));
    try (SqliteStore store = open()) {
      store.commit(
          Transaction.of(
              new Write.AddCommand(new Command<>(1, ERRAND, owner, "l", errand, false))));
      assertThat(filesWith("fetch")).isNotEmpty();
      assertThat(filesWith(SECRET)).isEmpty();
      assertThat(store.commands(List.of(ERRAND), 0, 1).getFirst().body()).isEqualTo(errand);
    }
  }

  @Test
  void blobIsSealedAndComesBackUnderTheHashOfItsContent() throws IOException {
    FileBlobs blobs = FileBlobs.open(DataFolder.open(folder));
    String hash = blobs.put(SECRET.getBytes(UTF_8));
    assertThat(filesWith(SECRET)).isEmpty();
    assertThat(FileBlobs.open(DataFolder.open(folder)).get(hash))
        .hasValueSatisfying(content -> assertThat(new String(content, UTF_8)).isEqualTo(SECRET));
  }

  @Test
  void blobOfAReleaseThatDidNotSealIsRead() throws IOException {
    FileBlobs blobs = FileBlobs.open(DataFolder.open(folder));
    String hash = blobs.put(SECRET.getBytes(UTF_8));
    Files.writeString(folder.resolve("blobs").resolve(hash), SECRET);
    assertThat(blobs.get(hash)).isPresent();
  }

  @Test
  void documentOfAReleaseThatDidNotSealIsReadAndSealedWhenItIsWritten() throws Exception {
    try (SqliteStore store = open()) {
      put(store, 0, image("x"));
    }
    sql(
        "UPDATE document SET body = CAST('{\"reference\":\"pv:1\",\"command\":[\"run\"],"
            + "\"environment\":{\"PASSWORD\":\"%s\"}}' AS BLOB) WHERE kind = 'image'"
                .formatted(SECRET));
    // Such a folder has no key, nor a note of one.
    sql("DELETE FROM document WHERE kind = 'seal'");
    Files.delete(key);
    try (SqliteStore store = open()) {
      Document<Image> old = store.find(Image.KIND, "pv:1").orElseThrow();
      assertThat(old.body()).isEqualTo(image(SECRET));
      assertThat(filesWith(SECRET)).isNotEmpty();
      put(store, old.version(), old.body());
    }
    sql("VACUUM");
    assertThat(filesWith(SECRET)).isEmpty();
    try (SqliteStore store = open()) {
      assertThat(store.find(Image.KIND, "pv:1").map(Document::body)).contains(image(SECRET));
    }
  }

  @Test
  void keyIsForItsOwnerAloneAndStaysTheSame() throws IOException {
    open().close();
    String made = Files.readString(key);
    assertThat(made).matches("[0-9a-f]{64}\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    open().close();
    assertThat(Files.readString(key)).isEqualTo(made);
  }

  @Test
  void keyMayLiveElsewhere() throws IOException {
    Path elsewhere = temporary.resolve("elsewhere.key");
    try (SqliteStore store = SqliteStore.open(DataFolder.open(folder).withKey(elsewhere))) {
      put(store, 0, image(SECRET));
    }
    assertThat(key).doesNotExist();
    assertThat(filesWith(Files.readString(elsewhere).strip())).isEmpty();
    assertThatThrownBy(this::open).hasMessageContaining("TUTTI_KEY_FILE");
    try (SqliteStore store = SqliteStore.open(DataFolder.open(folder).withKey(elsewhere))) {
      assertThat(store.find(Image.KIND, "pv:1")).isPresent();
    }
  }

  @Test
  void startWithoutTheKeyIsRefusedAndChangesNothing() throws IOException {
    try (SqliteStore store = open()) {
      put(store, 0, image(SECRET));
    }
    Path away = Files.move(key, temporary.resolve("away"));
    byte[] before = Files.readAllBytes(folder.resolve("tutti.db"));
    assertThatThrownBy(this::open)
        .isInstanceOf(Failure.Rejected.class)
        .hasMessageContaining("there is no file")
        .hasMessageContaining("Put the key back");
    assertThat(key).doesNotExist();
    assertThat(Files.readAllBytes(folder.resolve("tutti.db"))).isEqualTo(before);
    Files.move(away, key);
    try (SqliteStore store = open()) {
      assertThat(store.find(Image.KIND, "pv:1").map(Document::body)).contains(image(SECRET));
    }
  }

  @Test
  void startWithAnotherKeyIsRefusedAndChangesNothing() throws IOException {
    try (SqliteStore store = open()) {
      put(store, 0, image(SECRET));
    }
    String right = Files.readString(key);
    Files.writeString(key, "0".repeat(64) + "\n");
    byte[] before = Files.readAllBytes(folder.resolve("tutti.db"));
    assertThatThrownBy(this::open)
        .isInstanceOf(Failure.Rejected.class)
        .hasMessageContaining("holds the key")
        .hasMessageContaining("Put the key back");
    Files.writeString(key, "no key");
    assertThatThrownBy(this::open)
        .isInstanceOf(Failure.Rejected.class)
        .hasMessageContaining("is no key");
    assertThat(Files.readAllBytes(folder.resolve("tutti.db"))).isEqualTo(before);
    Files.writeString(key, right);
    open().close();
  }

  @Test
  void changedSecretIsNoticed() {
    Seal seal = new Seal(new byte[Seal.KEY_BYTES]);
    byte[] sealed = seal.seal(SECRET.getBytes(UTF_8));
    assertThat(new String(seal.open(sealed), UTF_8)).isEqualTo(SECRET);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> seal.open(changed)).isInstanceOf(Failure.class);
    }
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> seal.open(cut)).isInstanceOf(Failure.class);
    }
  }

  @Test
  void equalSecretsAreSealedDifferently() {
    Seal seal = new Seal(new byte[Seal.KEY_BYTES]);
    assertThat(seal.seal(new byte[9])).isNotEqualTo(seal.seal(new byte[9]));
  }

  @Test
  void textOfARecordWithSecretsHasNone() {
    assertThat(image(SECRET).toString()).contains("PASSWORD").doesNotContain(SECRET);
  }

  private void sql(String statement) throws Exception {
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tutti.db"))) {
      connection.createStatement().execute(statement);
    }
  }
}
