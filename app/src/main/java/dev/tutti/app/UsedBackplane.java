package dev.tutti.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.DocumentPage;
import dev.tutti.core.store.PrivateFile;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.UnreadableDocument;
import dev.tutti.core.workload.Workload;
import dev.tutti.core.workload.WorkloadState;
import dev.tutti.store.DataFolder;
import dev.tutti.store.SpaceSettings;
import dev.tutti.store.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which backplane a data folder was used with last, kept in a file. Another one does not know what
 * lives on it: all of it would be told to have vanished, and would go on unseen.
 */
final class UsedBackplane {

  private static final Logger LOG = LoggerFactory.getLogger(UsedBackplane.class);
  private static final String FILE = "backplane";
  private static final int NAMED = 3;
  private static final Set<String> ALIVE =
      Arrays.stream(WorkloadState.values())
          .filter(state -> !state.ended())
          .map(WorkloadState::word)
          .collect(Collectors.toUnmodifiableSet());

  private UsedBackplane() {}

  /**
   * Lets a folder be used with a backplane.
   *
   * @throws Failure.Rejected when workloads live on another one; nothing has changed then
   */
  static void change(Configuration configuration, DataFolder folder, String wanted) {
    Path file = folder.path().resolve(FILE);
    try {
      String before = Files.exists(file) ? Files.readString(file).strip() : wanted;
      if (!before.equals(wanted)) {
        try (SqliteStore store =
            SqliteStore.open(folder, SpaceSettings.lowAt(configuration.lowSpace()))) {
          requireNobodyAlive(store, folder.path(), before, wanted);
        }
      }
      if (!before.equals(wanted) || !Files.exists(file)) {
        PrivateFile.write(file, (wanted + "\n").getBytes(US_ASCII));
      }
    } catch (IOException unusable) {
      throw new Failure.Unavailable(
          "Which backplane %s is used with cannot be kept.".formatted(folder.path()), unusable);
    }
  }

  private static void requireNobodyAlive(Store store, Path folder, String before, String wanted) {
    Query alive = Query.all().inStates(ALIVE);
    long count = store.count(Workload.KIND, alive);
    if (count > 0) {
      DocumentPage<Workload> page = store.page(Workload.KIND, alive.atMost(NAMED));
      List<String> some =
          Stream.concat(
                  page.documents().stream().map(Document::id),
                  page.unreadable().stream().map(UnreadableDocument::id))
              .sorted()
              .toList();
      throw new Failure.Rejected(
          Problem.of(
                  "workloads-on-another-backplane",
                  409,
                  "%s has %d %s on the backplane '%s' (%s%s), which '%s' does not know."
                      .formatted(
                          folder,
                          count,
                          count == 1 ? "workload that lives" : "workloads that live",
                          before,
                          String.join(", ", some),
                          count > some.size() ? ", …" : "",
                          wanted))
              .suggesting(
                  "Start with --backplane %s and stop their deployments (tutti deployment ls, tutti deployment stop ID); once nothing lives, it can be changed. Or use another data folder (--data)."
                      .formatted(before)));
    }
    long kept =
        store.count(Workload.KIND, Query.all().inStates(Set.of(WorkloadState.ENDED.word())));
    if (kept > 0) {
      LOG.warn(
          "{} ended workloads still have output. What of it is on the backplane '{}', which was used before, stays there: with this one nobody reads or removes it.",
          kept,
          before);
    }
  }
}
