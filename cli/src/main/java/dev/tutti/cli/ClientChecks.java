package dev.tutti.cli;

import dev.tutti.api.ClientFailure;
import dev.tutti.api.FindingView;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What can be seen without a server's help: the way to it, its data folder, the ports. */
final class ClientChecks {
  private static final int PROBE_MILLIS = 1_000;
  private static final long MEGABYTE = 1L << 20;
  private static final long LITTLE = 1024 * MEGABYTE;

  private final Surroundings around;
  private final Path data;
  private final URI server;

  ClientChecks(Surroundings around, Path data, URI server) {
    this.around = around;
    this.data = data;
    this.server = server;
  }

  FindingView reached() {
    return ok("api", "The server at %s answers, and accepts the token.".formatted(server));
  }

  FindingView failed(ClientFailure failure) {
    return switch (failure) {
      case ClientFailure.NotReachable unreachable ->
          error(
              "api",
              "The server is not reachable (%s); only what can be seen from here is checked."
                  .formatted(unreachable.getMessage()),
              "Start `tutti server`, or name another one with --server or TUTTI_SERVER.");
      case ClientFailure.NotAuthorised refused ->
          error(
              "api",
              "The server at %s does not accept the token: %s"
                  .formatted(server, refused.getMessage()),
              "Give the server's token in TUTTI_TOKEN, or its data folder with --data.");
      case ClientFailure.NotFound _ ->
          error(
              "api",
              "The server at %s has no checks; it is older than this command.".formatted(server),
              "Upgrade the server.");
      case ClientFailure.Refused refused ->
          error(
              "api", "The server could not check itself: " + refused.getMessage(), "Read its log.");
      case ClientFailure.NotUnderstood strange ->
          error(
              "api",
              String.valueOf(strange.getMessage()),
              "Is --server the address of a Tutti server?");
    };
  }

  List<FindingView> withoutServer() {
    List<FindingView> findings = new ArrayList<>();
    findings.add(folder());
    if (Files.isDirectory(data)) {
      holder().ifPresent(findings::add);
      findings.add(token());
      findings.add(space());
    }
    findings.add(port("api-port", server.getHost(), apiPort(), "the API"));
    findings.add(port("broker-port", brokerHost(), brokerPort(), "the MQTT broker"));
    return findings;
  }

  private FindingView folder() {
    if (!Files.exists(data)) {
      return warning(
          "data-folder",
          "There is no data folder %s.".formatted(data),
          "The first start of `tutti server` makes it; --data names another one.");
    }
    return Files.isReadable(data) && Files.isWritable(data)
        ? ok("data-folder", "The data folder %s can be read and written.".formatted(data))
        : error(
            "data-folder",
            "The data folder %s cannot be read and written.".formatted(data),
            "It belongs to who started the server: become that user, or name another one with --data.");
  }

  /** Who holds the lock of the data folder wrote its process id there. */
  private Optional<FindingView> holder() {
    try {
      long pid = Long.parseLong(Files.readString(data.resolve("lock")).strip());
      return Optional.of(
          ProcessHandle.of(pid).isPresent()
              ? warning(
                  "process",
                  "The process %d, which last used %s, is there.".formatted(pid, data),
                  "If that is the server, it listens elsewhere or hangs: look at its log, and use --server.")
              : ok(
                  "process",
                  "No server uses %s; the last one was process %d.".formatted(data, pid)));
    } catch (IOException | NumberFormatException never) {
      return Optional.empty();
    }
  }

  private FindingView token() {
    if (around.variable("TUTTI_TOKEN") != null) {
      return ok("token", "The token is taken from TUTTI_TOKEN.");
    }
    Path file = data.resolve("token");
    return Files.isReadable(file)
        ? ok("token", "The token in %s can be read.".formatted(file))
        : warning(
            "token",
            "There is no token in %s.".formatted(file),
            "The first start of the server makes one; TUTTI_TOKEN goes before it.");
  }

  private FindingView space() {
    try {
      long free = Files.getFileStore(data).getUsableSpace();
      String sentence = "%d MB are free at %s.".formatted(free / MEGABYTE, data);
      return free < LITTLE
          ? warning("disk", sentence, "Free some before the server is started.")
          : ok("disk", sentence);
    } catch (IOException unreadable) {
      return error("disk", "The disk of %s cannot be asked: %s".formatted(data, unreadable), "");
    }
  }

  private static FindingView port(String check, String host, int port, String whose) {
    String place = host + ":" + port;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PROBE_MILLIS);
      return ok(check, "Something listens at %s, where %s is expected.".formatted(place, whose));
    } catch (IOException nobody) {
      return warning(
          check,
          "Nothing listens at %s, where %s is expected.".formatted(place, whose),
          "`tutti server` listens there itself, unless the settings name another place.");
    }
  }

  private int apiPort() {
    int port = server.getPort();
    return port >= 0 ? port : "https".equals(server.getScheme()) ? 443 : 80;
  }

  private String brokerHost() {
    return Objects.requireNonNullElse(around.variable("MQTT_HOST"), "127.0.0.1");
  }

  private int brokerPort() {
    try {
      int port = Integer.parseInt(Objects.requireNonNullElse(around.variable("MQTT_PORT"), "1883"));
      return port > 0 && port < 65_536 ? port : 1883;
    } catch (NumberFormatException wrong) {
      return 1883;
    }
  }

  private static FindingView ok(String check, String sentence) {
    return new FindingView(check, "ok", sentence, "");
  }

  private static FindingView warning(String check, String sentence, String advice) {
    return new FindingView(check, "warning", sentence, advice);
  }

  private static FindingView error(String check, String sentence, String advice) {
    return new FindingView(check, "error", sentence, advice);
  }
}
