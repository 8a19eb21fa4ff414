package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.core.Failure;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What {@code docs/add-a-feature.md} builds, in a running server; and that page itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AddAFeatureTest {

  private static final Path PAGE = Path.of("..", "docs", "add-a-feature.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java (\\S+)\\n(.*?)^```$");

  private final TestServer server =
      TestServer.startingWith(RemindersProgram::start, "TUTTI_REMINDERS_MOST", "3");

  @AfterAll
  void close() {
    server.close();
  }

  private String tutti(int status, String... arguments) {
    return server.tutti(RemindersProgram.WORDS, status, arguments);
  }

  private List<String> events(String owner) throws IOException, InterruptedException {
    List<String> types = new ArrayList<>();
    server
        .get("/events?owner=" + owner)
        .get("items")
        .forEach(event -> types.add(event.get("type").asString()));
    return types;
  }

  @Test
  void reminderIsSetToldAndForgottenFromTheCommandLine() throws Exception {
    assertThat(tutti(0, "reminder", "add", "tea", "It has drawn.", "--in", "0"))
        .isEqualTo("tea will be told\n");
    TestServer.await("it is told", () -> tutti(0, "reminder", "ls").contains("told"));
    assertThat(tutti(0, "reminder", "ls"))
        .startsWith("REMINDER  STATE  DUE")
        .contains("tea", "It has drawn.");
    assertThat(tutti(0, "reminder", "ls", "-q")).isEqualTo("tea\n");
    assertThat(events("reminder:tea")).containsExactly("reminder.set", "reminder.due");
    assertThat(tutti(0, "doctor")).contains("1 reminders were told and are still kept.");
    assertThat(tutti(0, "reminder", "rm", "tea")).isEqualTo("tea is forgotten\n");
    assertThat(tutti(3, "reminder", "rm", "tea")).contains("There is no reminder 'tea'.");
    assertThat(tutti(0, "--help")).contains("reminder", "Says something when its time has come.");
  }

  @Test
  void reminderOutlivesTheServerAndSaysWhatItWaitsFor() throws Exception {
    tutti(0, "reminder", "add", "later", "Much later.", "--in", "3600");
    server.leave();
    server.comeBack();
    assertThat(server.get("/reminders/later/explain").toString())
        .contains("It is told.", "waiting");
    assertThat(server.metric("tutti_reminders_waiting")).isEqualTo(1);
    tutti(0, "reminder", "rm", "later");
  }

  @Test
  void routesOfAFeatureAskForTheirRoleAndAreAudited() throws Exception {
    HttpResponse<String> given =
        server.send("POST", "/api/v1/tokens", "{\"name\":\"looker\",\"role\":\"viewer\"}");
    String viewer = TestServer.JSON.readTree(given.body()).get("token").asString();
    String body = "{\"text\":\"x\",\"inSeconds\":60}";
    assertThat(
            server
                .send("PUT", "/api/v1/reminders/mine", body, "Authorization", "Bearer " + viewer)
                .statusCode())
        .isEqualTo(403);
    assertThat(
            server
                .send("GET", "/api/v1/reminders", "", "Authorization", "Bearer " + viewer)
                .statusCode())
        .isEqualTo(200);
    assertThat(server.get("/events?owner=audit:requests&limit=1000").toString())
        .contains("PUT /api/v1/reminders/mine gave 403.");
  }

  @Test
  void settingOfAFeatureHoldsAndIsChecked() throws Exception {
    for (int i = 0; i < 3; i++) {
      tutti(0, "reminder", "add", "many" + i, "x", "--in", "600");
    }
    assertThat(tutti(1, "reminder", "add", "many3", "x", "--in", "600"))
        .contains("There are 3 reminders, more cannot be.", "raise reminders.most");
    for (int i = 0; i < 3; i++) {
      tutti(0, "reminder", "rm", "many" + i);
    }
    Environment wrong =
        new Environment(Map.of("HOME", server.data().toString(), "TUTTI_REMINDERS_MOST", "none"));
    assertThatExceptionOfType(Failure.Rejected.class)
        .isThrownBy(() -> RemindersProgram.start(wrong))
        .withMessageContaining("TUTTI_REMINDERS_MOST");
  }

  /**
   * A block names its file after {@code java}; its lines stand in it, wherever, one after another.
   */
  @Test
  void pageShowsWhatIsCompiled() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    Matcher blocks = BLOCK.matcher(Files.readString(PAGE));
    int seen = 0;
    while (blocks.find()) {
      Path file = Path.of("..", blocks.group(1));
      softly
          .assertThat(unindented(Files.readString(file)))
          .as("%s", file)
          .contains(unindented(blocks.group(2)));
      seen++;
    }
    softly.assertAll();
    assertThat(seen).isGreaterThan(5);
  }

  @Test
  void pageNamesEveryFileOfTheExample() throws IOException {
    String page = Files.readString(PAGE);
    Path example = Path.of("..", "examples", "reminders", "src", "main", "java");
    try (Stream<Path> files = Files.walk(example)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".java") && !name.startsWith("package-info")))
          .allMatch(name -> page.contains(name.replace(".java", "")));
    }
  }

  private static String unindented(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .reduce("", (all, line) -> all + line + "\n");
  }
}
