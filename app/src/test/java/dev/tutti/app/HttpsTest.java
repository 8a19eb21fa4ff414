package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.core.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server and a command that speak HTTPS with each other, with files of openssl. */
class HttpsTest {

  @TempDir private Path folder;

  private void certificate(String name) throws Exception {
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=tutti",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-keyout",
                folder.resolve(name + ".key").toString(),
                "-out",
                folder.resolve(name + ".crt").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(openssl.waitFor()).as(output).isZero();
  }

  private String run(Map<String, String> environment, String... arguments) throws Exception {
    try (Program program = Program.ofTests(folder, environment, Main.class, arguments)) {
      int status = program.awaitEnd();
      return status + "\n" + program.output();
    }
  }

  @Test
  void commandTalksToAServerWhoseCertificateItIsToldToTrustAndDoctorSeesABadOne() throws Exception {
    certificate("own");
    certificate("other");
    TestServer server =
        TestServer.start(
            "TUTTI_TLS_CERTIFICATE",
            folder.resolve("own.crt").toString(),
            "TUTTI_TLS_KEY",
            folder.resolve("own.key").toString());
    try {
      assertThat(server.app().uri().getScheme()).isEqualTo("https");
      Map<String, String> client = new LinkedHashMap<>();
      client.put("TUTTI_SERVER", server.app().uri().toString());
      client.put("TUTTI_TOKEN", server.app().token());
      assertThat(run(client, "model", "ls"))
          .startsWith("4\n")
          .contains("--ca-file")
          .doesNotContain(server.app().token());
      client.put("TUTTI_CA_FILE", folder.resolve("other.crt").toString());
      assertThat(run(client, "model", "ls")).startsWith("4\n");
      Path trusted = Files.copy(folder.resolve("own.crt"), folder.resolve("trusted.crt"));
      client.put("TUTTI_CA_FILE", trusted.toString());
      assertThat(run(client, "model", "ls")).startsWith("0\n").contains("MODEL");
      assertThat(run(client, "doctor")).contains("The certificate of the API is good for");

      Files.writeString(folder.resolve("own.crt"), "no certificate");
      TestServer.await(
          "doctor sees it",
          () -> {
            try {
              return run(client, "doctor").contains("There is no certificate in");
            } catch (Exception failed) {
              throw new IllegalStateException(failed);
            }
          });
    } finally {
      server.close();
    }
  }

  @Test
  void beyondThisMachineHttpNeedsAWord() {
    for (List<String> wrong :
        List.of(
            List.of("TUTTI_API_HOST", "0.0.0.0"), List.of("TUTTI_TLS_CERTIFICATE", "/nowhere"))) {
      assertThatExceptionOfType(Failure.Rejected.class)
          .isThrownBy(() -> TestServer.start(wrong.toArray(String[]::new)).close())
          .withMessageContaining("TUTTI_TLS_KEY");
    }
    try (TestServer server =
        TestServer.start("TUTTI_API_HOST", "0.0.0.0", "TUTTI_INSECURE_HTTP", "true")) {
      assertThat(server.app().uri().getScheme()).isEqualTo("http");
    }
  }
}
