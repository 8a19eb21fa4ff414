package dev.tutti.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.Failure;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Space;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import dev.tutti.store.testkit.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a small file system of its own, really filled. */
final class FullDiskTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final long MEBIBYTE = 1L << 20;
  private static final SpaceSettings SPACE = new SpaceSettings(8 * MEBIBYTE, 4 * MEBIBYTE);

  record Note(String text) {}

  private static final DocumentKind<Note> NOTE =
      DocumentKind.of("note", Note.class, _ -> new Attributes("", "", "s"));

  @TempDir Path temp;
  private SmallDisk disk;
  private Path data;
  private SqliteStore store;

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.mount(temp.resolve("disk"), 32);
    data = disk.path().resolve("data");
    store = SqliteStore.open(DataFolder.open(data), SPACE);
  }

  @AfterEach
  void unmount() throws Exception {
    store.close();
    disk.close();
  }

  private void put(String id) {
    Note note = new Note("x".repeat(50_000));
    store.commit(Transaction.of(new Write.PutDocument<>(NOTE, id, 0, note, NOW)));
  }

  private void awaitLevel(Space.Level level) {
    await(level.toString()).until(() -> store.space().level() == level);
  }

  private List<String> stored() {
    return store.page(NOTE, Query.all()).documents().stream()
        .map(document -> document.id())
        .toList();
  }

  @Test
  void reserveIsReallyAllocated() throws Exception {
    await().until(() -> Files.exists(data.resolve("reserve")));
    Process du = new ProcessBuilder("du", "-k", data.resolve("reserve").toString()).start();
    String said =
        new String(du.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(Integer.parseInt(said.split("\\s", -1)[0])).isGreaterThanOrEqualTo(4 * 1024);
  }

  @Test
  void diskThatRunsLowTakesEndsButNothingNew() throws Exception {
    await().until(() -> Files.exists(data.resolve("reserve")));
    disk.fillUpTo(6 * MEBIBYTE);
    awaitLevel(Space.Level.SCARCE);
    assertThat(store.health().healthy()).isFalse();
    assertThat(store.health().detail())
        .contains(data.toString())
        .contains("MiB free")
        .contains("Free some space there");
    assertThatThrownBy(() -> store.space().requireForNewWork())
        .isInstanceOf(Failure.Unavailable.class);
    store.space().requireForCommands();
    put("an end");
    disk.empty();
    awaitLevel(Space.Level.ENOUGH);
    assertThat(store.health().healthy()).isTrue();
    assertThat(stored()).containsExactly("an end");
  }

  @Test
  void fullDiskGetsTheReserveToRecordEndsAndTheReserveIsMadeAgain() throws Exception {
    await().until(() -> Files.exists(data.resolve("reserve")));
    disk.fillUpTo(0);
    List<String> acknowledged = new ArrayList<>();
    for (int i = 100; i < 110; i++) {
      put("end " + i);
      acknowledged.add("end " + i);
    }
    assertThat(data.resolve("reserve")).doesNotExist();
    assertThat(store.space().level()).isEqualTo(Space.Level.SCARCE);
    disk.empty();
    awaitLevel(Space.Level.ENOUGH);
    await().until(() -> Files.exists(data.resolve("reserve")));
    assertThat(stored()).isEqualTo(acknowledged);
  }

  @Test
  void whatWasAcknowledgedIsThereAndWhatWasNotIsNot() throws Exception {
    disk.fillUpTo(0);
    List<String> acknowledged = new ArrayList<>();
    for (int i = 1_000; i < 2_000 && store.space().level() != Space.Level.NONE; i++) {
      try {
        put("note " + i);
        acknowledged.add("note " + i);
      } catch (Failure.Unavailable full) {
        assertThat(full).hasMessageContaining("full");
      }
    }
    awaitLevel(Space.Level.NONE);
    assertThat(acknowledged).isNotEmpty().hasSizeLessThan(999);
    assertThat(store.health().detail())
        .contains(data.toString())
        .contains("MiB free")
        .contains("Free some space there; Tutti goes on by itself.");
    assertThatThrownBy(() -> store.space().requireForCommands())
        .isInstanceOf(Failure.Unavailable.class);
    assertThat(stored()).isEqualTo(acknowledged);

    disk.empty();
    // Nobody writes: the store itself finds out that the disk is well again.
    awaitLevel(Space.Level.ENOUGH);
    put("and on");
    store.close();
    store = SqliteStore.open(DataFolder.open(data), SPACE);
    assertThat(stored()).contains("and on").containsAll(acknowledged);
    assertThat(stored()).hasSize(acknowledged.size() + 1);
  }

  @Test
  void whatNobodyWaitedForIsWrittenWhenThereIsRoom() throws Exception {
    put("first");
    fillForGood();
    JournalEntry entry =
        new JournalEntry(
            0, NOW, new OwnerRef("test", "t"), "test", "t", "x".repeat(200_000), Map.of());
    store.commitSoon(Transaction.of(new Write.AppendJournal(entry)));
    assertThatThrownBy(() -> put("refused")).isInstanceOf(Failure.Unavailable.class);
    disk.empty();
    await().until(() -> store.lastJournalNumber() == 1);
  }

  private void fillForGood() throws IOException {
    disk.fillUpTo(0);
    for (int i = 0; i < 1_000 && store.space().level() != Space.Level.NONE; i++) {
      try {
        put("filler " + i);
      } catch (Failure.Unavailable full) {
        break;
      }
    }
  }

  @Test
  void storeOpensOnAFullDiskAndRecordsEnds() throws Exception {
    put("first");
    await().until(() -> Files.exists(data.resolve("reserve")));
    store.close();
    disk.fillUpTo(0);
    store = SqliteStore.open(DataFolder.open(data), SPACE);
    assertThat(store.space().level()).isEqualTo(Space.Level.SCARCE);
    put("an end");
    assertThat(stored()).containsExactly("an end", "first");
  }

  @Test
  void storeClosesOnADiskThatTakesNothing() throws Exception {
    put("kept");
    fillForGood();
    List<String> before = stored();
    store.close();
    disk.empty();
    store = SqliteStore.open(DataFolder.open(data), SPACE);
    assertThat(stored()).isEqualTo(before).contains("kept");
  }

  @Test
  void blobThatDoesNotFitLeavesNoHalf() throws Exception {
    FileBlobs blobs = FileBlobs.open(DataFolder.open(data));
    disk.fillUpTo(MEBIBYTE / 2);
    assertThatThrownBy(() -> blobs.put(new byte[(int) (4 * MEBIBYTE)]))
        .isInstanceOf(Failure.Unavailable.class);
    assertThat(blobs.list()).isEmpty();
    try (var left = Files.list(data.resolve("blobs"))) {
      assertThat(left).isEmpty();
    }
    disk.empty();
    assertThat(blobs.get(blobs.put(new byte[(int) (4 * MEBIBYTE)]))).isPresent();
  }

  @Test
  void folderThatCannotBeMadeIsRefusedWithItsName() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "");
    assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
        .isInstanceOf(Failure.Unavailable.class)
        .hasMessageContaining(file.resolve("data").toString())
        .hasMessageContaining("--data");
    assertThatThrownBy(() -> DataFolder.open(file))
        .isInstanceOf(Failure.Unavailable.class)
        .hasMessageContaining(file + " is no folder");
  }

  @Test
  void readOnlyFileSystemIsRefusedWithTheFolder() throws Exception {
    store.close();
    disk.readOnly(true);
    assertThatThrownBy(() -> SqliteStore.open(DataFolder.open(data), SPACE))
        .isInstanceOf(Failure.Unavailable.class)
        .hasMessageContaining(data.toString())
        .hasMessageContaining("Read-only");
    disk.readOnly(false);
    store = SqliteStore.open(DataFolder.open(data), SPACE);
    put("again");
  }
}
