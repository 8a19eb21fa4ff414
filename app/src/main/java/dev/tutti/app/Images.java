package dev.tutti.app;

import dev.tutti.core.Failure;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.Problem;
import dev.tutti.core.SecretMap;
import dev.tutti.core.backplane.Catalogue;
import dev.tutti.core.backplane.Image;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.VersionConflict;
import dev.tutti.core.store.Write;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalogue, kept in the store: which command an image reference means. */
final class Images implements Catalogue {

  private static final OwnerRef OWNER = new OwnerRef("catalogue", "images");

  private final Engine engine;
  private final Store store;
  private final InstantSource clock;

  Images(Engine engine) {
    this.engine = engine;
    this.store = engine.store();
    this.clock = engine.clock();
  }

  @Override
  public Optional<Image> find(String reference) {
    return store.find(Image.KIND, reference).map(Document::body);
  }

  List<Image> all() {
    List<Image> images = new ArrayList<>();
    store.each(Image.KIND, Query.all(), d -> images.add(d.body()));
    return images;
  }

  /**
   * What is asked for, where {@link SecretMap#HIDDEN} stands for the value that an image has
   * already: so what was shown can be changed and given back.
   */
  Map<String, String> variables(String reference, Map<String, String> asked) {
    Map<String, String> known =
        find(reference).map(Image::environment).orElse(SecretMap.of(Map.of()));
    Map<String, String> variables = new LinkedHashMap<>(asked);
    variables.replaceAll(
        (name, value) -> value.equals(SecretMap.HIDDEN) ? known.getOrDefault(name, value) : value);
    return variables;
  }

  /** Adds or replaces an entry; what runs already goes on as it is. */
  void add(Image image) {
    requireUsable(image);
    Optional<Document<Image>> before = store.find(Image.KIND, image.reference());
    if (before.isPresent() && before.get().body().equals(image)) {
      return;
    }
    Instant now = clock.instant();
    commit(
        new Write.PutDocument<>(
            Image.KIND, image.reference(), before.map(Document::version).orElse(0L), image, now),
        entry(now, "image.added", image.reference(), "Image %s was added."));
  }

  void remove(String reference) {
    if (find(reference).isEmpty()) {
      throw new Failure.NotFound("image", reference);
    }
    commit(
        new Write.DeleteDocument(Image.KIND, reference),
        entry(clock.instant(), "image.removed", reference, "Image %s was removed."));
  }

  private void commit(Write change, Write journal) {
    try {
      engine.commit(Transaction.of(change, journal));
    } catch (VersionConflict another) {
      throw new Failure.Rejected(
          Problem.of("changed-meanwhile", 409, "Somebody else changed this image just now.")
              .suggesting("Look at it, then try again."));
    }
  }

  private static Write entry(Instant now, String type, String reference, String sentence) {
    return new Write.AppendJournal(
        new JournalEntry(0, now, OWNER, type, reference, sentence.formatted(reference), Map.of()));
  }

  private static void requireUsable(Image image) {
    List<String> wrong = new ArrayList<>();
    if (image.reference().isBlank()) {
      wrong.add("reference: is empty");
    }
    if (image.command().isEmpty() || image.command().getFirst().isBlank()) {
      wrong.add("command: names no program");
    }
    if (image.command().stream().anyMatch(part -> part.indexOf('\0') >= 0)) {
      wrong.add("command: has a NUL character in it");
    }
    String folder = image.workingDirectory();
    if (!folder.isEmpty()
        && !(Path.of(folder).isAbsolute() && Files.isDirectory(Path.of(folder)))) {
      wrong.add("workingDirectory: %s is no absolute folder on this machine".formatted(folder));
    }
    if (!wrong.isEmpty()) {
      throw new Failure.Rejected(Problem.of("invalid-image", 400, String.join("; ", wrong) + "."));
    }
  }
}
