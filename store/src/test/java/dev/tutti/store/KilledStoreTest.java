package dev.tutti.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kill -9} leaves of a store that is being written to. */
final class KilledStoreTest {

  private static final int ACKNOWLEDGED = 300;

  @TempDir Path folder;

  /** Commits for ever, and says each number once it is durable. */
  public static void main(String[] arguments) {
    SqliteStore store = SqliteStore.open(DataFolder.open(Path.of(arguments[0])));
    while (true) {
      JournalEntry entry =
          new JournalEntry(
              0, Instant.EPOCH, new OwnerRef("test", "owner"), "done", "s", "m", Map.of());
      System.out.println(store.commit(Transaction.of(new Write.AppendJournal(entry))));
    }
  }

  @Test
  void everyAcknowledgedCommitIsThereAfterAKill() throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledStoreTest.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long last = 0;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.US_ASCII))) {
      String line;
      while ((line = out.readLine()) != null) {
        last = Long.parseLong(line);
        if (last == ACKNOWLEDGED) {
          // Through its handle: the process itself would close the stream that is read here.
          writer.toHandle().destroyForcibly();
        }
      }
    }
    writer.waitFor();
    assertThat(last).isGreaterThanOrEqualTo(ACKNOWLEDGED);
    try (SqliteStore store = SqliteStore.open(DataFolder.open(folder))) {
      List<JournalEntry> entries = store.journal(last - 1, Optional.empty(), 1);
      assertThat(entries).extracting(JournalEntry::number).containsExactly(last);
      assertThat(store.health().healthy()).isTrue();
    }
  }
}
