package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.app.OpenApiDocument.Operation;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.ErrorRendering;
import dev.tutti.core.surface.Surface;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * The description that a server gives of its API, and what is made from it; {@code -Dgolden=write}
 * makes the files anew.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiReferenceTest {

  private static final Path DOCS = Path.of("..", "docs");

  private final TestServer server = TestServer.start();
  private String served = "";
  private OpenApiDocument document = new OpenApiDocument(TestServer.JSON.createObjectNode());

  @BeforeAll
  void fetch() throws Exception {
    HttpResponse<String> answer = server.send("GET", "/openapi.json", "", "Authorization", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    served = answer.body();
    document = new OpenApiDocument(TestServer.JSON.readTree(served));
  }

  @AfterAll
  void close() {
    server.close();
  }

  @Test
  void descriptionInTheRepositoryIsTheOneThatIsServed() throws IOException {
    check(DOCS.resolve("openapi.json"), served);
  }

  @Test
  void referenceForPeopleIsMadeFromIt() throws IOException {
    check(DOCS.resolve("api.md"), ApiPage.of(document));
  }

  private static void check(Path file, String made) throws IOException {
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(file, made);
    }
    assertThat(Files.readString(file)).as(file + " (-Dgolden=write makes it anew)").isEqualTo(made);
  }

  @Test
  void descriptionIsOpenApiAsItsPublishersCheckIt() {
    assertThat(document.wrong()).isEmpty();
  }

  /** Else the test above would be worth nothing. */
  @Test
  void whatIsNoOpenApiIsFoundOut() {
    JsonNode broken =
        TestServer.JSON.readTree(
            served.replaceFirst("\"type\" : \"object\"", "\"type\" : \"thing\""));
    assertThat(new OpenApiDocument(broken).wrong()).isNotEmpty();
    JsonNode nameless = TestServer.JSON.readTree(served.replace("\"in\" : \"path\",", ""));
    assertThat(new OpenApiDocument(nameless).wrong()).isNotEmpty();
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    Set<String> references = new TreeSet<>();
    collect(document.root(), references);
    assertThat(references)
        .hasSizeGreaterThan(20)
        .allSatisfy(reference -> {
          assertThat(reference).startsWith("#/components/");
          assertThat(document.root().at(reference.substring(1)).isMissingNode()).isFalse();
        });
  }

  private static void collect(JsonNode node, Set<String> references) {
    if (node.has("$ref")) {
      references.add(node.get("$ref").stringValue());
    }
    node.values().forEach(child -> collect(child, references));
  }

  @Test
  void everyRouteIsDescribedAndNothingElse() {
    Set<String> routes = new TreeSet<>();
    for (Surface surface : server.app().surfaces()) {
      if (surface.errors() instanceof ErrorRendering.AsProblem) {
        for (Endpoint endpoint : surface.endpoints()) {
          routes.add(
              endpoint.method().name().toLowerCase(Locale.ROOT)
                  + " "
                  + surface.base()
                  + endpoint.path());
        }
      }
    }
    assertThat(document.operations())
        .extracting(operation -> operation.method() + " " + operation.path())
        .containsExactlyInAnyOrderElementsOf(routes);
    assertThat(routes).hasSizeGreaterThan(50);
  }

  @Test
  void everyOperationHasANameOfItsOwnASentenceAndASuccess() {
    assertThat(document.operations()).extracting(Operation::id).doesNotHaveDuplicates();
    assertThat(document.operations())
        .allSatisfy(operation -> {
          assertThat(operation.id()).matches("[a-z][A-Za-z]+");
          assertThat(operation.about().get("summary").stringValue()).matches("[A-Z].*[.]");
          assertThat(operation.about().get("responses").propertyNames())
              .as(operation.id())
              .anyMatch(status -> status.startsWith("2"))
              .contains("500", "503");
        });
  }

  /** A page of items that nobody described would be a list of anything. */
  @Test
  void everyListSaysWhatItIsOf() {
    assertThat(server.app().surfaces().stream().flatMap(surface -> surface.endpoints().stream()))
        .filteredOn(endpoint -> endpoint.response() == dev.tutti.api.Page.class)
        .isNotEmpty()
        .allSatisfy(endpoint ->
            assertThat(endpoint.contract().items()).as(endpoint.path()).isNotEqualTo(Void.class));
  }

  @Test
  void pageIsWholeAndRunsNothingThatIsNotInIt() throws Exception {
    HttpResponse<String> page = server.send("GET", "/docs", "", "Authorization", "");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.body())
        .doesNotContain("http://", "https://", "src=", "@import", "localStorage", "sessionStorage")
        .doesNotContain("innerHTML", "onclick", "style=");
    String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertThat(policy)
        .contains("default-src 'none'", "connect-src 'self'")
        .doesNotContain("unsafe");
    Matcher inline =
        Pattern.compile("<(script|style)>(.*?)</", Pattern.DOTALL).matcher(page.body());
    int found = 0;
    while (inline.find()) {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(inline.group(2).getBytes(StandardCharsets.UTF_8));
      assertThat(policy)
          .contains(
              "%s-src 'sha256-%s'"
                  .formatted(inline.group(1), Base64.getEncoder().encodeToString(digest)));
      found++;
    }
    assertThat(found).isEqualTo(2);
  }
}
