package dev.tutti.app;

import com.sun.net.httpserver.HttpServer;
import dev.tutti.cli.Surroundings;
import dev.tutti.cli.TuttiCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Short commands as people type them, once against a stub of a server and once against nobody. */
final class CommandRehearsal {

  private static final String NOBODY = "http://127.0.0.1:1";
  private static final List<String> COMMANDS =
      List.of(
          "--help",
          "--version",
          "version",
          "model ls",
          "model ls -o json",
          "model ls --help",
          "model get sim~1~1~m",
          "no-such-command");
  private static final String MODEL =
      """
      {"id": "dots-so~sim~1~m", "deployment": "dots-so~sim~1", "model": "m", "image": "i", \
      "state": "running", "exitCode": null, "reason": "", "workload": "w", \
      "created": "2025-01-01T00:00:00Z", "ready": null, "ended": null, "lastLines": []}\
      """;
  private static final Map<String, String> ANSWERS =
      Map.of(
          "/api/v1/version",
          "{\"version\": \"1\", \"java\": \"25\", \"backplane\": \"process\"}",
          "/api/v1/models",
          "{\"items\": [" + MODEL + "], \"next\": null}");

  private CommandRehearsal() {}

  static void play() throws IOException {
    HttpServer stub =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    stub.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          byte[] answer = ANSWERS.getOrDefault(path, MODEL).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    stub.start();
    try {
      for (String server : List.of("http://127.0.0.1:" + stub.getAddress().getPort(), NOBODY)) {
        COMMANDS.forEach(command -> run(command, server));
      }
    } finally {
      stub.stop(0);
    }
  }

  /** Failing is part of it: a command against nobody says so and gives its exit code. */
  private static void run(String command, String server) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false);
    Surroundings usual = Surroundings.ofProcess();
    Surroundings silent =
        new Surroundings(
            nowhere,
            nowhere,
            usual.screen(),
            Map.of("TUTTI_SERVER", server, "TUTTI_TOKEN", "rehearsal"),
            usual.home(),
            usual.clock(),
            usual.patience(),
            usual.in());
    var _ = TuttiCommand.tutti(silent, Main.commands()).execute(command.split(" "));
  }
}
