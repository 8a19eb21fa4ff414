package dev.tutti.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import dev.tutti.dots.EnvironmentVariable;
import dev.tutti.dots.LifecycleMessage.DeployModels;
import dev.tutti.dots.ModelConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * A whole run with everything that usually brings secrets to light, and a search of all it leaves
 * behind: they are where they have to be, and nowhere else.
 */
class SecretsIT {

  private static final String OF_MESSAGE = "Zq7-message-environment-secret";
  private static final String OF_REST = "Zq7-rest-environment-secret";
  private static final String OF_IMAGE = "Zq7-image-variable-secret";
  private static final String OF_BROKER = "Zq7-broker-account-password";
  private static final String WRONG_PASSWORD = "Zq7-mistyped-password";
  private static final String WRONG_TOKEN = "Zq7-mistyped-token";
  private static final String OF_USER = "Zq7-password-of-a-user";
  private static final String OF_OTHER_USER = "Zq7-password-of-another-user";
  private static final String WRONG_OF_USER = "Zq7-mistyped-password-of-a-user";
  private static final String TYPED_AS_NAME = "Zq7-password-typed-as-a-name";
  private static final String IN_BAD_BODY = "Zq7InABodyThatIsNoJson";
  private static final String IN_BAD_MESSAGE = "Zq7-in-a-message-that-is-none";
  private static final String UNTIL_STOPPED = "echo it begins; exec sleep 600";
  private static final String CRASH = "echo it breaks; exit 7";

  private final Remains remains = new Remains();

  /** Tokens, which nobody but who asked for them may ever see. */
  private final List<String> given = new ArrayList<>();

  private Path folder = Path.of("");
  private Path data = Path.of("");

  @Test
  void secretsAreNowhereButWhereTheyHaveToBe() throws Exception {
    folder = Files.createTempDirectory("tutti-secrets");
    data = folder.resolve("data");
    try {
      int broker = run();
      remains.addFiles(folder);
      assertThat(remains.has("tutti.db-wal")).isTrue();
      assertThat(remains.has("crash-report")).isTrue();
      assertThat(broker).isPositive();
      search();
    } finally {
      for (long left : TestServer.processesIn(folder)) {
        ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly);
      }
      TestServer.await("all have ended", () -> TestServer.processesIn(folder).isEmpty());
      TestServer.delete(folder);
    }
  }

  private void search() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    for (String secret :
        List.of(
            OF_MESSAGE,
            OF_REST,
            OF_IMAGE,
            OF_BROKER,
            WRONG_PASSWORD,
            WRONG_TOKEN,
            OF_USER,
            OF_OTHER_USER,
            WRONG_OF_USER,
            TYPED_AS_NAME,
            IN_BAD_BODY,
            IN_BAD_MESSAGE)) {
      softly.assertThat(remains.with(secret)).as(secret).isEmpty();
    }
    assertThat(given).hasSize(3);
    for (String each : given) {
      softly.assertThat(remains.with(each)).as("a token that was given").isEmpty();
    }
    String token = Files.readString(data.resolve("token")).strip();
    softly.assertThat(remains.with(token)).as("token").containsExactly("data/token");
    String key = Files.readString(data.resolve("key")).strip();
    softly.assertThat(remains.with(key)).as("key").containsExactly("data/key");
    for (String file : List.of("token", "key")) {
      softly
          .assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file))))
          .as(file)
          .isEqualTo("rw-------");
    }
    softly.assertAll();
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("TUTTI_DATA", data.toString());
    environment.put("TUTTI_API_PORT", "0");
    environment.put("MQTT_HOST", "127.0.0.1");
    environment.put("MQTT_PORT", "0");
    environment.put("MQTT_USERNAME", "dots");
    environment.put("MQTT_PASSWORD", OF_BROKER);
    environment.put("LOG_LEVEL", "TRACE");
    environment.put(
        "JAVA_TOOL_OPTIONS",
        "-XX:-CreateCoredumpOnCrash -XX:ErrorFile=" + folder.resolve("crash-report"));
    return environment;
  }

  /** Everything that may go wrong, goes wrong; in the end the server itself crashes. */
  private int run() throws Exception {
    int port;
    try (Program server = Program.start(folder, environment(), "server");
        Api api = Api.of(server, data)) {
      port = brokerPort(server);
      try (Wire wire = Wire.on(port, "dots", OF_BROKER)) {
        images(api);
        identity(api);
        wire.publish("/lifecycle/dots-so/mso/message/DeployModels", request().encode());
        answer(api, "POST", "/api/v1/deployments", restRequest("rest"));
        answer(api, "POST", "/api/v1/deployments", restRequest("stuck"));
        wire.await(TestServer.SOON, h -> h.topic().endsWith("/message/breaks/ModelHasTerminated"));
        for (String simulation : List.of("rest", "stuck")) {
          wire.await(
              TestServer.SOON,
              h -> h.topic().endsWith("/" + simulation + "/breaks/ModelHasTerminated"));
        }
        awaitRunning(OF_MESSAGE, OF_REST, OF_IMAGE);
        wrongRequests(api, wire);
        refusal(port);
        quarantine(api);
        look(api, server);
      }
      remains.addProcesses();
      server.signal("SEGV");
      // It would be 134 if it left a core, too.
      assertThat(server.awaitEnd()).isEqualTo(1);
    }
    // A second one adopts what the crash left, with nothing in its journal but what was there.
    try (Program again = Program.start(folder, environment(), "server");
        Api api = Api.of(again, data)) {
      look(api, again);
      again.signal("KILL");
      assertThat(again.awaitEnd()).isEqualTo(137);
    }
    return port;
  }

  private static int brokerPort(Program server) {
    String address = server.awaitAfter("Broker  ");
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  private void images(Api api) throws IOException {
    for (Map.Entry<String, String> image :
        Map.of("stays", UNTIL_STOPPED, "breaks", CRASH).entrySet()) {
      Map<String, Object> body =
          Map.of(
              "command", List.of("/bin/sh", "-c", image.getValue()),
              "environment", Map.of("IMAGE_SECRET", OF_IMAGE));
      answer(
          api, "PUT", "/api/v1/images/" + image.getKey(), TestServer.JSON.writeValueAsString(body));
    }
  }

  private void identity(Api api) throws Exception {
    answer(
        api,
        "POST",
        "/api/v1/users",
        "{\"name\":\"anna\",\"role\":\"operator\",\"password\":\"%s\"}".formatted(OF_USER));
    Map<String, String> client =
        Map.of("TUTTI_SERVER", api.base().toString(), "TUTTI_TOKEN", api.token());
    try (Program add = Program.start(folder, client, "user", "add", "bob", "--role", "viewer")) {
      add.say(OF_OTHER_USER);
      assertThat(add.awaitEnd()).as(add.output()).isZero();
    }
    give(api, "/api/v1/tokens", "{\"name\":\"ci\",\"role\":\"viewer\"}");
    give(api, "/api/v1/sign-in", signIn("anna", OF_USER));
    give(api, "/api/v1/sign-in", signIn("bob", OF_OTHER_USER));
    answer(api, "POST", "/api/v1/sign-in", signIn("anna", WRONG_OF_USER));
    answer(api, "POST", "/api/v1/sign-in", signIn(TYPED_AS_NAME, WRONG_OF_USER));
    answer(api, "PUT", "/api/v1/users/bob/password", "{\"password\":" + IN_BAD_BODY + "}");
  }

  private static String signIn(String name, String password) {
    return "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, password);
  }

  /** The answer is the one place where a token may be. */
  private void give(Api api, String path, String body) {
    String token =
        TestServer.JSON.readTree(api.send("POST", path, body).body()).get("token").asString();
    given.add(token);
    var answer = api.send("DELETE", "/api/v1/images/unheard-of", "", token);
    assertThat(answer.statusCode()).isEqualTo(403);
    remains.add("answer to a token", answer.body());
  }

  private static DeployModels request() {
    List<ModelConfiguration> models = new ArrayList<>();
    for (String image : List.of("stays", "breaks")) {
      models.add(
          new ModelConfiguration(
              image, image, List.of(new EnvironmentVariable("MESSAGE_SECRET", OF_MESSAGE))));
    }
    return new DeployModels("so", models, 1);
  }

  private static String restRequest(String simulation) {
    List<Map<String, Object>> models = new ArrayList<>();
    for (String image : List.of("stays", "breaks")) {
      models.add(
          Map.of("id", image, "image", image, "environment", Map.of("REST_SECRET", OF_REST)));
    }
    return TestServer.JSON.writeValueAsString(
        Map.of(
            "simulatorId", "so", "simulationId", simulation, "keepLogsHours", 1, "models", models));
  }

  /** Or the search would prove nothing: the values are in the environment of the processes. */
  private void awaitRunning(String... secrets) {
    for (String secret : secrets) {
      TestServer.await(
          "a model has " + secret,
          () ->
              TestServer.processesIn(folder).stream()
                  .anyMatch(pid -> environmentOf(pid).contains(secret)));
    }
  }

  private static String environmentOf(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/environ"), ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }

  private void wrongRequests(Api api, Wire wire) throws Exception {
    answer(api, "POST", "/api/v1/deployments", "{\"simulatorId\": " + IN_BAD_BODY + "}");
    answer(api, "POST", "/api/v1/deployments", restRequest("rest"));
    answer(
        api,
        "POST",
        "/api/v1/deployments",
        restRequest("wrong").replace("\"stays\"", "\"a/b\"").replace("keepLogs", "keepLog"));
    answer(
        api,
        "PUT",
        "/api/v1/images/wrong",
        "{\"command\":[],\"environment\":{\"A\":\"%s\"}}".formatted(OF_IMAGE));
    remains.add(
        "answer to a wrong token", api.send("GET", "/api/v1/models", "", WRONG_TOKEN).body());
    wire.publish(
        "/lifecycle/dots-so/mso/bad/DeployModels", (IN_BAD_MESSAGE + "\0").getBytes(UTF_8));
    wire.publish("/lifecycle/dots-so/mso/message/DeployModels", request().encode());
  }

  private static void refusal(int port) throws InterruptedException {
    try {
      Mqtt3Client.builder()
          .serverHost("127.0.0.1")
          .serverPort(port)
          .buildBlocking()
          .connectWith()
          .simpleAuth()
          .username("dots")
          .password(WRONG_PASSWORD.getBytes(UTF_8))
          .applySimpleAuth()
          .send();
      throw new AssertionError("the broker let somebody in with a wrong password");
    } catch (Mqtt3ConnAckException refused) {
      assertThat(refused.getMqttMessage().getReturnCode().isError()).isTrue();
    }
  }

  /** A record that cannot be read any more stops its owner, which is told in many words. */
  private void quarantine(Api api) throws Exception {
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("tutti.db"));
        Statement statement = database.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      String where = " WHERE kind = 'deployment' AND id = 'dots-so~stuck~1'";
      statement.execute("CREATE TEMP TABLE kept AS SELECT body FROM document" + where);
      statement.execute("UPDATE document SET body = CAST('{broken' AS BLOB)" + where);
      answer(api, "POST", "/api/v1/models/dots-so~stuck~1~stays/stop", "");
      answer(
          api,
          "POST",
          "/api/v1/deployments",
          restRequest("stuck").replace("\"keepLogsHours\":1", "\"keepLogsHours\":2"));
      TestServer.await(
          "the owner is stuck",
          () -> api.send("GET", "/api/v1/events?limit=1000", "").body().contains("owner.stuck"));
      statement.execute("UPDATE document SET body = (SELECT body FROM kept)" + where);
    }
  }

  private void look(Api api, Program server) throws Exception {
    for (String path :
        List.of(
            "/api/v1/images",
            "/api/v1/images/stays",
            "/api/v1/deployments",
            "/api/v1/deployments/dots-so~rest~1",
            "/api/v1/models",
            "/api/v1/models/dots-so~message~1~breaks",
            "/api/v1/models/dots-so~message~1~breaks/logs",
            "/api/v1/workloads",
            "/api/v1/users",
            "/api/v1/tokens",
            "/api/v1/events?limit=1000",
            "/api/v1/version",
            "/metrics",
            "/healthz",
            "/readyz")) {
      answer(api, "GET", path, "");
    }
    for (List<String> command :
        List.of(List.of("image", "ls", "-o", "json"), List.of("model", "ls", "-o", "json"))) {
      Map<String, String> client =
          Map.of("TUTTI_SERVER", api.base().toString(), "TUTTI_TOKEN", api.token());
      try (Program program = Program.start(folder, client, command.toArray(String[]::new))) {
        program.awaitEnd();
        assertThat(program.output()).contains("{");
      }
    }
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    for (String dump : List.of("Thread.print", "VM.command_line", "VM.system_properties")) {
      Process process =
          new ProcessBuilder(jcmd, String.valueOf(server.pid()), dump)
              .redirectErrorStream(true)
              .start();
      remains.add("dump " + dump, new String(process.getInputStream().readAllBytes(), UTF_8));
    }
  }

  private void answer(Api api, String method, String path, String body) {
    var answer = api.send(method, path, body);
    remains.add("answer to " + method + " " + path, answer.headers() + "\n" + answer.body());
  }
}
