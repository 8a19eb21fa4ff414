package dev.tutti.app;

import dev.tutti.cli.ModelBoard;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A short life of a server with everything embedded, in which it does a bit of all it can do. */
final class ServerRehearsal {

  private static final int SILENCE_MILLIS = 5_000;
  private static final List<String> PAGES =
      List.of(
          "/healthz",
          "/readyz",
          "/metrics",
          "/api/v1/version",
          "/api/v1/images",
          "/api/v1/deployments",
          "/api/v1/models",
          "/api/v1/workloads",
          "/api/v1/events",
          "/api/v1/nothing");
  private static final String NO_MODELS =
      """
      {"simulatorId": "rehearsal", "simulationId": "rehearsal", "models": []}\
      """;

  private final URI server;
  private final String token;

  private ServerRehearsal(URI server, String token) {
    this.server = server;
    this.token = token;
  }

  /** Plays it; false when it did not go as it should. */
  static boolean play() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tutti-aot-");
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false);
    try (DemoServer server = DemoServer.in(folder, ServerRehearsal::configuration)) {
      String token = Files.readString(folder.resolve(Token.FILE)).strip();
      ServerRehearsal visitor = new ServerRehearsal(server.uri(), token);
      visitor.look();
      ModelBoard board = new ModelBoard(nowhere, false, () -> 80);
      boolean asExpected = new DemoModels(server).run(board, nowhere, "0");
      visitor.look();
      return asExpected;
    }
  }

  private static Configuration configuration(Path data) {
    return Configuration.read(
            new Environment(Map.of("TUTTI_DATA", data.toString(), "MQTT_PORT", "0")))
        .withApiPort(0);
  }

  private void look() throws IOException {
    for (String page : PAGES) {
      ask("GET", page, "", "");
    }
    ask("POST", "/api/v1/deployments", "Content-Type: application/json\r\n", NO_MODELS);
    ask("GET", "/api/v1/events?after=0", "Accept: text/event-stream\r\n", "");
  }

  /** Reads the beginning of the answer, since that of a stream has no end. */
  private void ask(String method, String path, String headers, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "%s %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n%s\r\n"
            .formatted(method, path, server.getAuthority(), token, bytes.length, headers);
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(SILENCE_MILLIS);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(bytes);
      byte[] answer = new byte[1 << 16];
      int length = socket.getInputStream().read(answer);
      if (length < 0) {
        throw new IOException("no answer to " + method + " " + path);
      }
    }
  }
}
