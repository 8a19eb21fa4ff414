package dev.tutti.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Forty who guess passwords at the same time, from twenty addresses, 2,000 times. To compare one
 * takes 19 MiB, so the server with its 512 MiB would end if all were compared at once.
 */
class SignInFloodIT {

  private static final int ADDRESSES = 20;
  private static final int TRIES = 50;
  private static final String PASSWORD = "correct horse battery";

  private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();

  @Test
  void serverStaysUpServesOthersAndLetsTheRightOneInAfterwards() throws Exception {
    Path folder = Files.createTempDirectory("tutti-flood");
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("TUTTI_DATA", folder.resolve("data").toString());
    environment.put("TUTTI_API_PORT", "0");
    environment.put("MQTT_HOST", "127.0.0.1");
    environment.put("MQTT_PORT", "0");
    try (Program server = Program.start(folder, environment, "server");
        Api api = Api.of(server, folder.resolve("data"))) {
      String anna =
          "{\"name\":\"anna\",\"role\":\"viewer\",\"password\":\"%s\"}".formatted(PASSWORD);
      assertThat(api.send("POST", "/api/v1/users", anna).statusCode()).isEqualTo(201);
      flood(api);
      assertThat(statuses.keySet()).isSubsetOf(401, 429, 503).contains(401, 429);
      assertThat(statuses.get(429)).hasValueGreaterThanOrEqualTo(1_000);
      HttpResponse<String> right =
          api.send(
              "POST",
              "/api/v1/sign-in",
              "{\"name\":\"anna\",\"password\":\"%s\"}".formatted(PASSWORD));
      assertThat(right.statusCode()).as(right.body()).isEqualTo(200);
      assertThat(server.isAlive()).isTrue();
      assertThat(server.output()).doesNotContain("OutOfMemory");
    } finally {
      TestServer.delete(folder);
    }
  }

  private void flood(Api api) throws Exception {
    int port = api.base().getPort();
    List<Future<?>> guessers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 2 * ADDRESSES; i++) {
        InetAddress address =
            InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (2 + i % ADDRESSES)});
        int guesser = i;
        guessers.add(
            threads.submit(() -> {
              for (int n = 0; n < TRIES; n++) {
                int status = guess(address, port, "somebody-%d-%d".formatted(guesser, n));
                statuses.computeIfAbsent(status, _ -> new AtomicInteger()).incrementAndGet();
              }
              return null;
            }));
      }
      for (int i = 0; i < 20; i++) {
        assertThat(api.send("GET", "/api/v1/models", "").statusCode()).isEqualTo(200);
      }
    }
    for (Future<?> guesser : guessers) {
      guesser.get();
    }
    int all = statuses.values().stream().mapToInt(AtomicInteger::get).sum();
    assertThat(all).isEqualTo(2 * ADDRESSES * TRIES);
  }

  private static int guess(InetAddress from, int port, String name) throws IOException {
    String body = "{\"name\":\"%s\",\"password\":\"a wrong password\"}".formatted(name);
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout((int) TestServer.SOON.toMillis());
      String request =
          "POST /api/v1/sign-in HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
              .formatted(port, body.length(), body);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 ");
      int status = Integer.parseInt(answer, 9, 12, 10);
      if (status != 401) {
        assertThat(answer).containsPattern("(?i)retry-after: [1-9]");
      }
      return status;
    }
  }
}
