package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.cli.Screen;
import dev.tutti.cli.Surroundings;
import dev.tutti.cli.TuttiCommand;
import dev.tutti.cli.Word;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole Tutti in this process, in a folder and on ports of its own. */
final class TestServer implements AutoCloseable {

  static final JsonMapper JSON = new JsonMapper();
  static final Duration SOON = Duration.ofSeconds(30);

  private final Path folder;
  private final Map<String, String> environment;
  private final Function<Environment, App> starting;
  private final HttpClient http = HttpClient.newHttpClient();
  private App app;

  private TestServer(
      Path folder, Map<String, String> environment, Function<Environment, App> starting) {
    this.folder = folder;
    this.environment = environment;
    this.starting = starting;
    this.app = start();
  }

  /** With its own broker, and settings as the environment would name them. */
  static TestServer start(String... settings) {
    return start(Seams.none(), settings);
  }

  /** The same, with something of the test's own between the core and its adapters. */
  static TestServer start(Seams seams, String... settings) {
    return startingWith(environment -> App.start(Configuration.read(environment), seams), settings);
  }

  /** The same for another program than ours alone. */
  static TestServer startingWith(Function<Environment, App> starting, String... settings) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("TUTTI_API_PORT", "0");
    environment.put("MQTT_HOST", "127.0.0.1");
    environment.put("MQTT_PORT", "0");
    environment.put("MQTT_USERNAME", "dots");
    environment.put("MQTT_PASSWORD", "dotspass");
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    try {
      Path folder = Files.createTempDirectory("tutti-test");
      environment.putIfAbsent("TUTTI_DATA", folder.resolve("data").toString());
      try {
        return new TestServer(folder, environment, starting);
      } catch (RuntimeException refused) {
        delete(folder);
        throw refused;
      }
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  static TestServer on(Mosquitto broker) {
    return start("MQTT_PORT", String.valueOf(broker.port()));
  }

  private App start() {
    return starting.apply(new Environment(environment));
  }

  /** Ends it and leaves workloads running. */
  void leave() {
    app.close();
  }

  /** Starts it again where it was left. */
  void comeBack() {
    app = start();
  }

  App app() {
    return app;
  }

  /** Waits until every part is well: what is sent to the broker before that may pass unheard. */
  void awaitReady() {
    await(
        "it is ready",
        () -> {
          try {
            return send("GET", "/readyz", "").statusCode() == 200;
          } catch (IOException notYet) {
            return false;
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
          }
        });
  }

  MessageBroker broker() {
    return app.broker();
  }

  Path data() {
    return Path.of(environment.get("TUTTI_DATA"));
  }

  Wire wire() throws Exception {
    return Wire.on(broker());
  }

  /**
   * Processes that run in our folder: wrappers and what they started, but for the moment in which a
   * model of the tests says something.
   */
  List<Long> processes() {
    return processesIn(data());
  }

  static List<Long> processesIn(Path folder) {
    List<Long> found = new ArrayList<>();
    ProcessHandle.allProcesses()
        .forEach(process -> {
          try {
            Path there = Path.of("/proc", String.valueOf(process.pid()), "cwd");
            String name = Files.readString(there.resolveSibling("comm")).strip();
            if (Files.readSymbolicLink(there).startsWith(folder) && !name.equals("mosquitto_pub")) {
              found.add(process.pid());
            }
          } catch (IOException | SecurityException gone) {
            // It has ended meanwhile.
          }
        });
    return found;
  }

  // ---- REST

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(app.uri().resolve(path))
            .timeout(SOON)
            .header("Authorization", "Bearer " + app.token())
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpClient http() {
    return http;
  }

  URI uri(String path) {
    return app.uri().resolve(path);
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = send("GET", "/api/v1" + path, "");
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + " gave " + answer.statusCode() + ": " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A sample of /metrics, with or summed over its labels; 0 when it is not there. */
  double metric(String name) throws IOException, InterruptedException {
    return send("GET", "/metrics", "")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /**
   * The command against this server, and what it said.
   *
   * @param words commands beside the usual ones
   */
  String tutti(List<Word> words, int status, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    Surroundings usual = Surroundings.ofProcess();
    Surroundings around =
        new Surroundings(
            printed,
            printed,
            Screen.NONE,
            Map.of("TUTTI_SERVER", app.uri().toString(), "TUTTI_DATA", data().toString()),
            usual.home(),
            usual.clock(),
            usual.patience(),
            InputStream.nullInputStream());
    int code = TuttiCommand.tutti(around, words).execute(arguments);
    String said = out.toString(StandardCharsets.UTF_8);
    assertThat(code).as(said).isEqualTo(status);
    return said;
  }

  /** Looks again until it holds: for what ends outside this process. */
  static void await(String what, BooleanSupplier holds) {
    await(SOON, () -> what, holds);
  }

  static void await(Duration atMost, Supplier<String> what, BooleanSupplier holds) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain: " + what.get());
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  @Override
  public void close() {
    try {
      app.down();
      await("no process is left", () -> processes().isEmpty());
    } finally {
      app.close();
      http.close();
      delete(folder);
    }
  }

  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }
}
