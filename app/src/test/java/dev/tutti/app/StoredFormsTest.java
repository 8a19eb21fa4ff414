package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import dev.tutti.store.DataFolder;
import dev.tutti.store.SqliteStore;
import java.io.IOException;
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
import java.util.TreeMap;
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
 * {@code document/workload.1.json} is a workload of schema 1. They are never changed and never
 * deleted; docs/stored-forms.md says what to do when one of these tests fails.
 */
class StoredFormsTest {

  private static final Path STORED = Path.of("src", "test", "resources", "stored");
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final OwnerRef OWNER = new OwnerRef("deployment", "dots-so~sim02-abc");
  private static final StoredKinds KINDS = StoredKinds.find();
  private static final String WHAT_TO_DO = "see docs/stored-forms.md";

  /** One golden file. */
  private record Form(String kind, int schema, Path file) {

    static Form of(Path file) {
      String[] parts = file.getFileName().toString().split("\\.", -1);
      return new Form(parts[0], Integer.parseInt(parts[1]), file);
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

  @BeforeEach
  void open() {
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

  private <T extends Record> T write(DocumentKind<T> kind, String from, String to) {
    T body = read(kind, from);
    store.commit(Transaction.of(new Write.PutDocument<>(kind, to, 0, body, NOW)));
    return body;
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
    KINDS
        .documents()
        .values()
        .forEach(kind -> wanted.add("document/%s.%d.json".formatted(kind.name(), kind.schema())));
    KINDS.commands().keySet().forEach(kind -> wanted.add("command/%s.1.json".formatted(kind)));
    assertThat(wanted).hasSizeGreaterThanOrEqualTo(17);
    assertThat(wanted).as(WHAT_TO_DO).allMatch(file -> Files.exists(STORED.resolve(file)));
  }

  @TestFactory
  Stream<DynamicTest> documentOfEveryReleaseIsRead() {
    return forms("document").stream()
        .map(form ->
            DynamicTest.dynamicTest(
                form.file().getFileName().toString(),
                () -> {
                  String id = "%s-%d".formatted(form.kind(), form.schema());
                  storeDocument(form.kind(), id, form.schema(), form.tree());
                  DocumentKind<?> kind = KINDS.documents().get(form.kind());
                  assertThat(kind).as(WHAT_TO_DO).isNotNull();
                  assertThat(form.schema()).isLessThanOrEqualTo(kind.schema());
                  write(kind, id, id + "-again");
                  JsonNode again =
                      stored("SELECT body FROM document WHERE id = '%s-again'".formatted(id));
                  if (form.schema() == kind.schema()) {
                    assertThat(again).as(WHAT_TO_DO).isEqualTo(form.tree());
                  }
                }));
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
                  assertThat(stored("SELECT body FROM command WHERE number = " + (number + 1)))
                      .as(WHAT_TO_DO)
                      .isEqualTo(form.tree());
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
                  JsonNode form =
                      Form.of(
                              STORED.resolve(
                                  "document/%s.%d.json".formatted(kind.name(), kind.schema())))
                          .tree();
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
                    Object value = component.getAccessor().invoke(bare);
                    Class<?> type = component.getType();
                    if (type == String.class || type == List.class || type == Map.class) {
                      assertThat(value).as(component.getName()).isNotNull();
                    }
                  }
                }));
  }

  /** A word that was stored once can be read for ever. */
  @Test
  void wordsOfStatesAreThoseThatAreWrittenDown() throws Exception {
    Map<String, String> words = new TreeMap<>();
    for (DocumentKind<?> kind : KINDS.documents().values()) {
      for (RecordComponent component : kind.type().getRecordComponents()) {
        if (component.getType().isEnum()) {
          words.put(
              kind.name() + "." + component.getName(),
              Arrays.stream(component.getType().getEnumConstants())
                  .map(constant -> ((Enum<?>) constant).name())
                  .sorted()
                  .collect(Collectors.joining(" ")));
        }
      }
    }
    List<String> lines =
        words.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList();
    assertThat(lines).as(WHAT_TO_DO).isEqualTo(Files.readAllLines(STORED.resolve("words.txt")));
  }
}
