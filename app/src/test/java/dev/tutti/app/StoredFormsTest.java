package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.SecretMap;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.Delivery;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import dev.tutti.store.DataFolder;
import dev.tutti.store.SqliteStore;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever a release stored, all later ones read. The files in {@code stored} are what was written:
 * {@code document/workload.1.json} is a workload of schema 1, and {@code workload.1.sealed.json}
 * one whose secrets are sealed with the {@code key} beside. They are never changed and never
 * deleted; docs/stored-forms.md says what to do when one of these tests fails.
 */
class StoredFormsTest {

  private static final Path STORED = Path.of("src", "test", "resources", "stored");
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final OwnerRef OWNER = new OwnerRef("deployment", "dots-so~sim02-abc");
  private static final StoredKinds KINDS = StoredKinds.find();
  private static final Set<Class<?>> NEVER_NULL =
      Set.of(String.class, List.class, Map.class, SecretMap.class);
  private static final String WHAT_TO_DO = "see docs/stored-forms.md";

  /** One golden file. */
  private record Form(String kind, int schema, Path file) {

    static Form of(Path file) {
      String[] parts = file.getFileName().toString().split("\\.", -1);
      return new Form(parts[0], Integer.parseInt(parts[1]), file);
    }

    /** The form that a kind is written in today; what is secret in it is in clear. */
    static Form of(DocumentKind<?> kind) {
      return of(STORED.resolve("document/%s.%d.json".formatted(kind.name(), kind.schema())));
    }

    /** Sealed and in clear are two forms of one schema. */
    String id() {
      return file.getFileName().toString();
    }

    JsonNode tree() {
      try {
        return TestServer.JSON.readTree(Files.readAllBytes(file));
      } catch (IOException unreadable) {
        throw new java.io.UncheckedIOException(unreadable);
      }
    }
  }

  @TempDir Path folder;
  private SqliteStore store;
  private Unsealing unsealing;

  @BeforeEach
  void open() throws IOException {
    Path key = STORED.resolve("key");
    Files.copy(key, folder.resolve("key"));
    unsealing = Unsealing.with(key);
    store = SqliteStore.open(DataFolder.open(folder));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static List<Form> forms(String of) {
    try (Stream<Path> files = Files.list(STORED.resolve(of))) {
      return files.map(Form::of).toList();
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private Connection sql() throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tutti.db"));
  }

  /** Stores a body as an earlier release would have: not a class of ours is involved. */
  private void storeDocument(String kind, String id, int schema, JsonNode body) throws Exception {
    try (Connection connection = sql();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO document VALUES (?, ?, 1, '', '', '', ?, 0, 0, ?)")) {
      insert.setString(1, kind);
      insert.setString(2, id);
      insert.setInt(3, schema);
      insert.setBytes(4, TestServer.JSON.writeValueAsBytes(body));
      insert.executeUpdate();
    }
  }

  private void storeCommand(String kind, long number, JsonNode body) throws Exception {
    try (Connection connection = sql();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO command VALUES (?, ?, ?, ?, 'lane', ?, 0)")) {
      insert.setLong(1, number);
      insert.setString(2, kind);
      insert.setString(3, OWNER.kind());
      insert.setString(4, OWNER.id());
      insert.setBytes(5, TestServer.JSON.writeValueAsBytes(body));
      insert.executeUpdate();
    }
  }

  private JsonNode stored(String query) throws Exception {
    try (Connection connection = sql();
        ResultSet row = connection.createStatement().executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return TestServer.JSON.readTree(row.getBytes(1));
    }
  }

  private <T extends Record> T read(DocumentKind<T> kind, String id) {
    return store.find(kind, id).orElseThrow().body();
  }

  /** Reads a document and writes it as another one, and gives what is stored of that one then. */
  private <T extends Record> JsonNode written(DocumentKind<T> kind, String id) throws Exception {
    T body = read(kind, id);
    String again = id + "-again";
    store.commit(Transaction.of(new Write.PutDocument<>(kind, again, 0, body, NOW)));
    return stored("SELECT body FROM document WHERE id = '%s'".formatted(again));
  }

  /** Where in a body secrets are. */
  private static List<String> secrets(DocumentKind<?> kind) {
    return StoredComponent.of(kind.type())
        .filter(component -> component.type() == SecretMap.class)
        .map(component -> "/" + component.path().replace('.', '/'))
        .toList();
  }

  private Record command(CommandKind<?> kind, long after) {
    return store.commands(List.of(kind), after, 1).getFirst().body();
  }

  private <T extends Record> void add(CommandKind<T> kind, long number, Record body) {
    Command<T> command = new Command<>(number, kind, OWNER, "lane", kind.type().cast(body), false);
    store.commit(Transaction.of(new Write.AddCommand(command)));
  }

  @Test
  void everyKindHasAFormOfItsSchema() {
    List<String> wanted = new ArrayList<>();
    for (DocumentKind<?> kind : KINDS.documents().values()) {
      String name = "document/%s.%d".formatted(kind.name(), kind.schema());
      wanted.add(name + ".json");
      if (!secrets(kind).isEmpty()) {
        wanted.add(name + ".sealed.json");
      }
    }
    KINDS.commands().values().stream()
        .filter(kind -> kind.delivery() != Delivery.NOT_KEPT)
        .forEach(kind -> wanted.add("command/%s.1.json".formatted(kind)));
    assertThat(wanted).hasSizeGreaterThanOrEqualTo(29);
    assertThat(wanted).as(WHAT_TO_DO).allMatch(file -> Files.exists(STORED.resolve(file)));
  }

  @TestFactory
  Stream<DynamicTest> documentOfEveryReleaseIsRead() {
    return forms("document").stream()
        .map(form ->
            DynamicTest.dynamicTest(
                form.id(),
                () -> {
                  storeDocument(form.kind(), form.id(), form.schema(), form.tree());
                  DocumentKind<?> kind = KINDS.documents().get(form.kind());
                  assertThat(kind).as(WHAT_TO_DO).isNotNull();
                  assertThat(form.schema()).isLessThanOrEqualTo(kind.schema());
                  JsonNode again = written(kind, form.id());
                  if (form.schema() == kind.schema()) {
                    assertThat(unsealing.opened(again))
                        .as(WHAT_TO_DO)
                        .isEqualTo(unsealing.opened(form.tree()));
                  }
                }));
  }

  /** The first releases did not seal. */
  @TestFactory
  Stream<DynamicTest> whatAnEarlierReleaseWroteInClearIsSealedWhenItIsNextWritten() {
    return KINDS.documents().values().stream()
        .filter(kind -> !secrets(kind).isEmpty())
        .map(kind ->
            DynamicTest.dynamicTest(
                kind.name(),
                () -> {
                  Form clear = Form.of(kind);
                  storeDocument(kind.name(), clear.id(), kind.schema(), clear.tree());
                  JsonNode again = written(kind, clear.id());
                  for (String secret : secrets(kind)) {
                    assertThat(clear.tree().at(secret)).as(secret).isNotEmpty();
                    assertThat(Unsealing.isSealed(again.at(secret))).as(secret).isTrue();
                  }
                }));
  }

  @Test
  void sealedFormIsSealed() {
    assertThat(forms("document").stream().filter(form -> form.id().endsWith(".sealed.json")))
        .isNotEmpty()
        .noneMatch(form -> unsealing.opened(form.tree()).equals(form.tree()));
  }

  @TestFactory
  Stream<DynamicTest> commandOfEveryReleaseIsRead() {
    return forms("command").stream()
        .map(form ->
            DynamicTest.dynamicTest(
                form.kind(),
                () -> {
                  CommandKind<?> kind = KINDS.commands().get(form.kind());
                  assertThat(kind).as(WHAT_TO_DO).isNotNull();
                  long number = store.lastCommandNumber() + 1;
                  storeCommand(form.kind(), number, form.tree());
                  add(kind, number + 1, command(kind, number - 1));
                  JsonNode again =
                      stored("SELECT body FROM command WHERE number = " + (number + 1));
                  assertThat(unsealing.opened(again))
                      .as(WHAT_TO_DO)
                      .isEqualTo(unsealing.opened(form.tree()));
                }));
  }

  @Test
  void journalEntryIsReadAsItWasWritten() throws Exception {
    Form form = forms("journal").getFirst();
    try (Connection connection = sql();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO journal VALUES (1, 0, 'deployment', 'd', 't', 's', 'm', ?)")) {
      insert.setBytes(1, TestServer.JSON.writeValueAsBytes(form.tree()));
      insert.executeUpdate();
    }
    JournalEntry entry = store.journal(0, Optional.empty(), 1).getFirst();
    assertThat(TestServer.JSON.<JsonNode>valueToTree(entry.data())).isEqualTo(form.tree());
  }

  @TestFactory
  Stream<DynamicTest> whatALaterReleaseAddsIsPassedOver() {
    return KINDS.documents().values().stream()
        .map(kind ->
            DynamicTest.dynamicTest(
                kind.name(),
                () -> {
                  JsonNode form = Form.of(kind).tree();
                  storeDocument(kind.name(), kind.name(), kind.schema(), form);
                  ObjectNode more = (ObjectNode) form.deepCopy();
                  more.putObject("fromTheFuture").put("a", 1);
                  storeDocument(kind.name(), kind.name() + "-more", kind.schema() + 1, more);
                  assertThat(read(kind, kind.name() + "-more")).isEqualTo(read(kind, kind.name()));
                }));
  }

  @TestFactory
  Stream<DynamicTest> whatAnEarlierReleaseDidNotWriteIsEmpty() {
    return KINDS.documents().values().stream()
        .map(kind ->
            DynamicTest.dynamicTest(
                kind.name(),
                () -> {
                  String id = "bare-" + kind.name();
                  storeDocument(kind.name(), id, kind.schema(), TestServer.JSON.createObjectNode());
                  Record bare = read(kind, id);
                  for (RecordComponent component : bare.getClass().getRecordComponents()) {
                    Method accessor = component.getAccessor();
                    // Not every record that is stored is public.
                    accessor.setAccessible(true);
                    if (NEVER_NULL.contains(component.getType())) {
                      assertThat(accessor.invoke(bare)).as(component.getName()).isNotNull();
                    }
                  }
                }));
  }

  /** A word that was stored once can be read for ever. */
  @Test
  void wordsOfStatesAreThoseThatAreWrittenDown() throws Exception {
    List<String> lines =
        KINDS.documents().values().stream()
            .flatMap(kind ->
                StoredComponent.of(kind.type())
                    .filter(component -> component.type().isEnum())
                    .map(component ->
                        "%s.%s %s".formatted(kind, component.path(), words(component.type()))))
            .sorted()
            .toList();
    assertThat(lines).as(WHAT_TO_DO).isEqualTo(Files.readAllLines(STORED.resolve("words.txt")));
  }

  private static String words(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name())
        .sorted()
        .collect(Collectors.joining(" "));
  }
}
