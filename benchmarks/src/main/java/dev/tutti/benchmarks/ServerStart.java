package dev.tutti.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** From the start of the server's process until it serves, and what memory it holds later. */
final class ServerStart implements Benchmark {

  private static final Duration LATEST = Duration.ofSeconds(60);
  private static final long PROBE_MILLIS = 4;

  /** What one start took; resident is zero when nobody waited for it. */
  private record Start(double readyMillis, double brokerMillis, double residentMegabytes) {}

  @Override
  public String name() {
    return "start";
  }

  @Override
  public List<Figure> run(Session session) throws Exception {
    List<Figure> figures = new ArrayList<>();
    figures.addAll(flavour(session, "no cache", List.of()));
    Path cache = session.root().resolve("app/target/dist/aot/server");
    if (Files.exists(cache)) {
      List<String> flags =
          List.of("-XX:AOTCache=" + cache, "-Xlog:disable", "-Xlog:all=error:stderr");
      figures.addAll(flavour(session, "AOT cache", flags));
    } else {
      session.say("there is no AOT cache; run ./tutti server once to have it made");
    }
    return figures;
  }

  private static List<Figure> flavour(Session session, String name, List<String> flags)
      throws Exception {
    int repetitions = session.repetitions(7, 3);
    Duration later = Duration.ofSeconds(session.quick() ? 5 : 60);
    once(session, flags, Duration.ZERO);
    List<Double> ready = new ArrayList<>();
    List<Double> broker = new ArrayList<>();
    List<Double> resident = new ArrayList<>();
    for (int i = 0; i < repetitions; i++) {
      boolean last = i == repetitions - 1;
      Start start = once(session, flags, last ? later : Duration.ZERO);
      session.say("%s: ready after %.0f ms".formatted(name, start.readyMillis()));
      ready.add(start.readyMillis());
      broker.add(start.brokerMillis());
      if (last) {
        resident.add(start.residentMegabytes());
      }
    }
    return List.of(
        Figure.of(name + ", /readyz answers", ready, "ms", Budget.atMost(800)),
        Figure.of(name + ", broker accepts", broker, "ms", Budget.atMost(1_300)),
        Figure.of(
            "%s, resident %d s later".formatted(name, later.toSeconds()),
            resident,
            "MB",
            Budget.atMost(260)));
  }

  private static Start once(Session session, List<String> flags, Duration residentAfter)
      throws Exception {
    Path folder = session.folder("server");
    int http = ServedProcess.freePort();
    int mqtt = ServedProcess.freePort();
    Stopwatch watch = new Stopwatch();
    Process server = ServedProcess.start(session.root(), folder, flags, http, mqtt);
    try (ExecutorService probes = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Double> broker = probes.submit(() -> until(server, watch, () -> brokerAccepts(mqtt)));
      double ready = until(server, watch, () -> ServedProcess.isReady(http));
      double accepting = broker.get();
      Thread.sleep(residentAfter);
      return new Start(ready, accepting, residentAfter.isZero() ? 0 : resident(server.pid()));
    } finally {
      ServedProcess.end(server);
      Session.delete(folder);
    }
  }

  private static double until(Process server, Stopwatch watch, Callable<Boolean> reached)
      throws Exception {
    while (true) {
      try {
        if (reached.call()) {
          return watch.millis();
        }
      } catch (IOException notYet) {
        if (!server.isAlive() || watch.millis() > LATEST.toMillis()) {
          throw new IllegalStateException("the server did not start", notYet);
        }
      }
      Thread.sleep(PROBE_MILLIS);
    }
  }

  /** An MQTT 3.1.1 CONNECT, and whether the answer is an acceptance. */
  private static boolean brokerAccepts(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) LATEST.toMillis());
      java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
      text(body, "MQTT");
      body.write(4);
      // User name, password, clean session; then the keep-alive.
      body.write(0xC2);
      body.write(0);
      body.write(30);
      text(body, "bench-probe");
      text(body, MeasuredBroker.USER);
      text(body, MeasuredBroker.PASSWORD);
      OutputStream out = socket.getOutputStream();
      out.write(0x10);
      out.write(body.size());
      body.writeTo(out);
      out.flush();
      byte[] answer = new byte[4];
      new DataInputStream(socket.getInputStream()).readFully(answer);
      return answer[0] == 0x20 && answer[3] == 0;
    }
  }

  private static void text(java.io.ByteArrayOutputStream body, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    body.write(0);
    body.write(bytes.length);
    body.writeBytes(bytes);
  }

  private static double resident(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/%d/status".formatted(pid))).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .map(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024 / 1e6)
        .findFirst()
        .orElseThrow();
  }
}
