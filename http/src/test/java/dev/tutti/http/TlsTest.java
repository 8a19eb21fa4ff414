package dev.tutti.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.core.Failure;
import dev.tutti.core.surface.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS with real certificates, and what becomes of them while the server runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsTest {

  private static final int LARGE = 3_000_000;

  @TempDir private static Path folder;
  private Path certificateFile;
  private Path keyFile;
  private TestCertificate first;
  private TestCertificate second;
  private Tls tls;
  private Running running;

  @BeforeAll
  void start() throws Exception {
    certificateFile = folder.resolve("tls.crt");
    keyFile = folder.resolve("tls.key");
    first = TestCertificate.make(folder, "EC");
    second = TestCertificate.make(folder, "RSA");
    first.write(certificateFile, keyFile);
    tls = Tls.open(certificateFile, keyFile, Clock.systemUTC());
    running =
        Running.with(
            HttpSettings.loopback(0).withTls(tls),
            Running.get("/ok", r -> new Answer.Text(200, "text/plain", r.address())),
            Running.get("/large", _ -> Answer.ok("x".repeat(LARGE))),
            Running.get(
                "/stream",
                _ -> new Answer.Bytes("text/plain", new ByteArrayInputStream(new byte[LARGE]))));
  }

  @BeforeEach
  void beginWithTheFirst() throws Exception {
    first.write(certificateFile, keyFile);
    await(() -> tls.trouble().isEmpty() && served().equals(first.certificate()));
  }

  @AfterAll
  void stop() {
    running.close();
    tls.close();
    assertThat(Threads.ofServer()).isEmpty();
  }

  private HttpResponse<String> get(TestCertificate trusted, String path) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(trusted.trust()).build()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(running.server().uri() + "/api/v1" + path))
              .timeout(Duration.ofSeconds(30))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  /** A connection of its own, on which several requests may be made. */
  private SSLSocket connect(TestCertificate trusted) throws Exception {
    return (SSLSocket)
        trusted.trust().getSocketFactory().createSocket("127.0.0.1", running.server().port());
  }

  private static String ask(Socket socket, String path) throws IOException {
    String request = "GET /api/v1%s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path);
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    byte[] answer = new byte[4_096];
    int count = socket.getInputStream().read(answer);
    return new String(answer, 0, Math.max(0, count), US_ASCII);
  }

  private Object served() {
    for (TestCertificate each : new TestCertificate[] {first, second}) {
      try (SSLSocket socket = connect(each)) {
        socket.startHandshake();
        return each.certificate();
      } catch (IOException other) {
        // Not this one.
      } catch (Exception unexpected) {
        throw new IllegalStateException(unexpected);
      }
    }
    return "none";
  }

  private static void await(BooleanSupplier holds) throws InterruptedException {
    Instant deadline = Instant.now().plusSeconds(30);
    while (!holds.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.sleep(50);
    }
  }

  @Test
  void whoTrustsTheCertificateIsServedHoweverMuch() throws Exception {
    assertThat(running.server().uri().getScheme()).isEqualTo("https");
    assertThat(get(first, "/ok").body()).isEqualTo("127.0.0.1");
    assertThat(get(first, "/large").body()).hasSize(LARGE + 2);
    assertThat(get(first, "/stream").body()).hasSize(LARGE);
    assertThatExceptionOfType(SSLException.class).isThrownBy(() -> get(second, "/ok"));
  }

  @Test
  void newCertificateIsForNewConnectionsAndOldOnesGoOn() throws Exception {
    try (SSLSocket old = connect(first)) {
      assertThat(ask(old, "/ok")).startsWith("HTTP/1.1 200");
      second.write(certificateFile, keyFile);
      await(() -> served().equals(second.certificate()));
      assertThat(ask(old, "/ok")).startsWith("HTTP/1.1 200");
      assertThat(get(second, "/ok").statusCode()).isEqualTo(200);
      assertThat(tls.trouble()).isEmpty();
    }
  }

  @Test
  void certificateThatCannotBeUsedLeavesTheOneOfBeforeAndIsTold() throws Exception {
    TestCertificate.replace(certificateFile, "no certificate");
    await(() -> tls.trouble().isPresent());
    assertThat(tls.trouble().orElseThrow()).contains("There is no certificate in", "tls.crt");
    assertThat(served()).isEqualTo(first.certificate());

    TestCertificate.replace(certificateFile, second.certificatePem());
    await(() -> tls.trouble().filter(why -> why.contains("none of the kind RSA")).isPresent());
    assertThat(served()).isEqualTo(first.certificate());

    Files.delete(keyFile);
    await(() -> tls.trouble().filter(why -> why.contains("cannot be read")).isPresent());
    assertThat(served()).isEqualTo(first.certificate());

    TestCertificate.replace(keyFile, second.keyPem());
    await(() -> tls.trouble().isEmpty());
    assertThat(served()).isEqualTo(second.certificate());
  }

  @Test
  void filesThatCannotBeUsedAreRefusedWithWhatToDo() throws Exception {
    Path certificate = folder.resolve("other.crt");
    Path key = folder.resolve("other.key");
    Files.writeString(certificate, first.certificatePem());
    Files.writeString(key, "-----BEGIN EC PRIVATE KEY-----\nAA==\n-----END EC PRIVATE KEY-----\n");
    refused(certificate, key, Clock.systemUTC(), "openssl pkcs8 -topk8 -nocrypt");
    Files.writeString(key, TestCertificate.make(folder, "EC").keyPem());
    refused(certificate, key, Clock.systemUTC(), "is not the one of the certificate");
    Files.writeString(key, first.keyPem());
    Clock late = Clock.fixed(Instant.now().plus(Duration.ofDays(31)), ZoneOffset.UTC);
    refused(certificate, key, late, "ended at");
    refused(folder.resolve("nowhere"), key, Clock.systemUTC(), "cannot be read");
  }

  private static void refused(Path certificate, Path key, Clock clock, String why) {
    assertThatExceptionOfType(Failure.Rejected.class)
        .isThrownBy(() -> Tls.open(certificate, key, clock))
        .withMessageContaining(why);
  }

  @Test
  void whoSpeaksPlainHttpIsNotServedAndHarmsNobody() throws Exception {
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), running.server().port())) {
      assertThat(ask(plain, "/ok")).doesNotContain("HTTP/1.1 200");
    } catch (IOException cutOff) {
      assertThat(cutOff).isNotNull();
    }
    assertThat(get(first, "/ok").statusCode()).isEqualTo(200);
  }

  @Test
  void whoDoesNotShakeHandsLosesThePlace() throws Exception {
    HttpLimits limits =
        new HttpLimits(
            1_000,
            1_000,
            1_000,
            5,
            Duration.ofMillis(300),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(300));
    try (Running impatient =
            Running.with(HttpSettings.loopback(0).withTls(tls).withLimits(limits));
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), impatient.server().port())) {
      silent.setSoTimeout(20_000);
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
  }
}
