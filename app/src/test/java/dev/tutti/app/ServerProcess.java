package dev.tutti.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A server as a process of its own, which is ended in every way and started again. */
final class ServerProcess implements AutoCloseable {

  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);

  /** What a process holds, and what it left on disk. */
  record Footprint(
      long residentMegabytes, long heapMegabytes, long files, long threads, long dataKilobytes) {}

  private final Path folder;
  private final Launch launch;
  private final HttpClient http = HttpClient.newHttpClient();
  private Program program;
  private URI api;

  /** How it is started. */
  @FunctionalInterface
  interface Launch {
    Program start() throws IOException;
  }

  ServerProcess(Path folder, Launch launch) throws IOException {
    this.folder = folder;
    this.launch = launch;
    program = launch.start();
    api = awaitReady();
  }

  private URI awaitReady() {
    URI address = URI.create(program.awaitAfter("API     ", READY_WITHIN)).resolve("/");
    TestServer.await(
        READY_WITHIN,
        () -> "ready; so far: " + program.output(),
        () -> status(address, "/readyz") == 200);
    return address;
  }

  void kill() throws Exception {
    program.signal("KILL");
    program.awaitEnd();
  }

  void leave() throws Exception {
    program.signal("TERM");
    program.awaitEnd();
  }

  void awaitEnd() throws InterruptedException {
    program.awaitEnd();
  }

  void comeBack() throws IOException {
    program.close();
    program = launch.start();
    api = awaitReady();
  }

  void signal(String name) throws IOException, InterruptedException {
    program.signal(name);
  }

  String awaitAfter(String text) {
    return program.awaitAfter(text);
  }

  boolean isAlive() {
    return program.isAlive();
  }

  /** Writes a line to its standard input. */
  void say(String line) throws IOException {
    program.say(line);
  }

  void awaitReadyAgain() {
    api = awaitReady();
  }

  void put(String path, String body) throws IOException, InterruptedException {
    int code = send("PUT", path, body).statusCode();
    if (code != 200) {
      throw new AssertionError(path + " gave " + code);
    }
  }

  /** An object of the API; nothing when it does not know it. */
  Optional<JsonNode> find(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = send("GET", path, "");
    if (answer.statusCode() == 404) {
      return Optional.empty();
    }
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + " gave " + answer.statusCode() + ": " + answer.body());
    }
    return Optional.of(TestServer.JSON.readTree(answer.body()));
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path)
            .timeout(ANSWERS_WITHIN)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** An answer as it comes, line by line. */
  HttpResponse<Stream<String>> open(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
  }

  private HttpRequest.Builder request(String path) throws IOException {
    String token = Files.readString(data().resolve("token")).strip();
    return HttpRequest.newBuilder(api.resolve(path)).header("Authorization", "Bearer " + token);
  }

  private int status(URI address, String path) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve(path)).timeout(ANSWERS_WITHIN).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException notYet) {
      return 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  Path data() {
    return folder.resolve("data");
  }

  String output() {
    return program.output();
  }

  /** The sum of a metric's samples. */
  double metric(String name) throws IOException, InterruptedException {
    return send("GET", "/metrics", "")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Wrappers and models that are alive. */
  List<Long> workloads() {
    return TestServer.processesIn(data());
  }

  Footprint footprint() throws IOException, InterruptedException {
    long pid = program.pid();
    long resident = status(pid, "VmRSS:") / 1024;
    long threads = status(pid, "Threads:");
    return new Footprint(
        resident, heapMegabytes(pid), count(Path.of("/proc/" + pid, "fd")), threads, dataSize());
  }

  private static long status(long pid, String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid, "status")).stream()
        .filter(line -> line.startsWith(field))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }

  /** What lives after a full collection, in megabytes. */
  private static long heapMegabytes(long pid) throws IOException, InterruptedException {
    jcmd(pid, "GC.run");
    return jcmd(pid, "GC.heap_info")
            .lines()
            .filter(line -> line.matches(".* total \\d+K, used \\d+K.*"))
            .map(line -> line.replaceAll(".* used (\\d+)K.*", "$1"))
            .mapToLong(Long::parseLong)
            .sum()
        / 1024;
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process run =
        new ProcessBuilder(tool.toString(), String.valueOf(pid), command)
            .redirectErrorStream(true)
            .start();
    String output = new String(run.getInputStream().readAllBytes(), UTF_8);
    if (run.waitFor() != 0) {
      throw new AssertionError("jcmd " + command + ": " + output);
    }
    return output;
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    }
  }

  private long dataSize() throws IOException {
    try (Stream<Path> files = Files.walk(data())) {
      return files.mapToLong(ServerProcess::bytes).sum() / 1024;
    } catch (UncheckedIOException changing) {
      return dataSize();
    }
  }

  private static long bytes(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException gone) {
      return 0;
    }
  }

  @Override
  public void close() {
    program.close();
    http.close();
  }
}
