package dev.tutti.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.backplane.testkit.PrivateEngine;
import dev.tutti.dots.ModelConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code deploy/} ships, as it is: the image is built of its Dockerfile, and Compose starts it
 * with Mosquitto on a real engine. Only the images that these begin with are made here.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposeIT {

  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(15);
  private static final Path DEPLOY = Path.of("../deploy").toAbsolutePath().normalize();
  private static final String PROJECT = "tutti-test";
  private static final String SERVER = PROJECT + "_tutti_1";
  private static final String IMAGE = "tutti-test/tutti:1";
  private static final String MODEL = "tutti-test/ready:1";
  private static final String USER = "tutti";
  private static final String PASSWORD = "aSecretOfCompose";
  private static final String READY =
      """
      mosquitto_pub -h "$MQTT_HOST" -p "$MQTT_PORT" -u "$MQTT_USERNAME" -P "$MQTT_PASSWORD" -q 1 \\
        -t "/lifecycle/model/mso/$SIMULATION_ID/$MODEL_ID/ReadyForProcessing" -n && sleep 1
      exit 7
      """;

  private static final PrivateEngine ENGINE = PrivateEngine.shared();
  @TempDir private static Path work;
  private static Path settings;
  private static int brokerPort;
  private static int apiPort;

  @BeforeAll
  static void buildAndStart() throws Exception {
    brokerPort = freePort();
    apiPort = freePort();
    settings = work.resolve("env");
    Files.writeString(settings, settings());
    LocalImages local = new LocalImages(ENGINE, work);
    local.jdk();
    local.debian();
    local.mosquitto();
    local.program(MODEL, LocalImages.MOSQUITTO, READY);
    compose("-f", "compose.yaml", "-f", "compose.build.yaml", "build", "-q", "tutti");
    compose("up", "-d", "--no-build");
  }

  /** The template filled in as it says, with what else runs on this machine out of the way. */
  private static String settings() throws IOException {
    String socket = URI.create(ENGINE.host()).getPath();
    Object group = Files.getAttribute(Path.of(socket), "unix:gid");
    String template = Files.readString(DEPLOY.resolve("compose/.env.template"));
    return template
            .replaceFirst("(?m)^MQTT_PASSWORD=$", "MQTT_PASSWORD=" + PASSWORD)
            .replaceFirst("(?m)^DOCKER_GID=$", "DOCKER_GID=" + group)
            .replaceFirst("(?m)^COMPOSE_PROJECT_NAME=.*$", "COMPOSE_PROJECT_NAME=" + PROJECT)
        + """
        TUTTI_IMAGE=%s
        TUTTI_BUILD=packaged
        DOCKER_SOCKET=%s
        MQTT_PORT=%d
        TUTTI_API_PORT=%d
        MODELS_SUBNET=172.29.213.0/24
        MODELS_GATEWAY=172.29.213.1
        """
            .formatted(IMAGE, socket, brokerPort, apiPort);
  }

  private static String compose(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("docker-compose", "--env-file"));
    command.add(settings.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder compose =
        new ProcessBuilder(command)
            .directory(DEPLOY.resolve("compose").toFile())
            .redirectErrorStream(true);
    compose.environment().put("DOCKER_HOST", ENGINE.host());
    // Its own way to build, which needs no further program.
    compose.environment().put("COMPOSE_DOCKER_CLI_BUILD", "0");
    try {
      Process running = compose.start();
      String said = new String(running.getInputStream().readAllBytes(), UTF_8);
      assertThat(running.onExit().join().exitValue()).as(said).isZero();
      return said;
    } catch (IOException absent) {
      throw new AssertionError("These tests need docker-compose: apt-get install docker-compose");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** And nothing is left: the other tests of this engine count on that. */
  @AfterAll
  static void takeAllDown() throws IOException {
    compose("down", "-v", "-t", "5");
    assertThat(ENGINE.docker("ps", "-aq")).isEmpty();
    assertThat(ENGINE.docker("volume", "ls", "-q")).isEmpty();
    assertThat(ENGINE.docker("network", "ls", "-q", "--filter", "type=custom")).isEmpty();
    List<String> images = new ArrayList<>(List.of(IMAGE, MODEL));
    images.addAll(List.of(LocalImages.JDK, LocalImages.DEBIAN, LocalImages.MOSQUITTO));
    images.forEach(image -> ENGINE.docker("rmi", image));
    ENGINE.docker("image", "prune", "-f");
  }

  @Test
  @Order(1)
  void serverIsReadyOnLoopbackAndRunsAsNobodySpecialOnAReadOnlyRoot() throws Exception {
    TestServer.await(
        WITHIN, () -> "ready: " + ENGINE.docker("logs", SERVER), () -> status("/readyz") == 200);
    assertThat(processes()).hasSize(2).allMatch(line -> line.split("\\s+", -1)[0].equals("10001"));
    assertThat(processes()).anyMatch(line -> line.endsWith(" tini"));
    assertThat(ENGINE.docker("inspect", "-f", "{{.HostConfig.ReadonlyRootfs}}", SERVER))
        .isEqualTo("true");
    ENGINE.docker("exec", SERVER, "healthy");
    assertThat(ENGINE.docker("exec", SERVER, "tutti", "version")).contains("docker");
  }

  private static List<String> processes() {
    return ENGINE
        .docker("top", SERVER, "-eo", "pid,uid,stat,comm")
        .lines()
        .skip(1)
        .toList()
        .stream()
        .map(line -> line.strip().replaceFirst("^\\d+\\s+", ""))
        .toList();
  }

  private static int status(String path) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(apiPort, path)))
                  .timeout(Duration.ofSeconds(5))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException notYet) {
      return 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  @Order(2)
  void modelInTheirNetworkReachesTheBrokerAndItsEndIsTold() throws Exception {
    try (Wire wire = Wire.on(brokerPort, USER, PASSWORD)) {
      MessageBroker broker = new MessageBroker(false, "127.0.0.1", brokerPort, USER, PASSWORD);
      ModelConfiguration model =
          new ModelConfiguration(
              "m", MODEL, Models.model(broker, "composed", "m").environmentVariables());
      wire.publish("/lifecycle/dots-so/mso/composed/DeployModels", Models.of(model).encode());
      wire.awaitAll("dots-so", "composed");
      assertThat(wire.lifecycle("composed").stream().map(Wire.Heard::last))
          .containsExactly(
              "ReadyForProcessing", "ModelsReady", "ModelHasTerminated", "AllModelsHaveTerminated");
      assertThat(wire.ends("dots-so", "composed")).containsExactly("m 08011007", "all");
    }
  }

  @Test
  @Order(3)
  void noSecretIsInTheImageAndNoneInItsHistory() {
    assertThat(ENGINE.docker("inspect", "-f", "{{range .Config.Env}}{{println .}}{{end}}", IMAGE))
        .doesNotContain(PASSWORD, "TOKEN")
        .contains("TUTTI_DATA=/data");
    assertThat(ENGINE.docker("history", "--no-trunc", IMAGE)).doesNotContain(PASSWORD);
    assertThat(
            ENGINE.docker(
                "run",
                "--rm",
                "--network=none",
                "--entrypoint=bash",
                IMAGE,
                "-c",
                "shopt -s dotglob nullglob; echo /data/* /src /opt/tutti/*"))
        .isEqualTo("/src /opt/tutti/examples /opt/tutti/jre /opt/tutti/lib");
  }

  @Test
  @Order(4)
  void whatLosesItsParentIsReaped() {
    ENGINE.docker("exec", SERVER, "bash", "-c", "(sleep 0.2 &) ; exit 0");
    TestServer.await(WITHIN, () -> "two processes: " + processes(), () -> processes().size() == 2);
    assertThat(processes()).noneMatch(line -> line.contains(" Z"));
  }

  @Test
  @Order(5)
  void sigtermEndsItInGoodOrderAndTheNextStartFindsItsData() {
    long begun = System.nanoTime();
    ENGINE.docker("stop", "-t", "30", SERVER);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(ENDS_WITHIN);
    assertThat(ENGINE.docker("inspect", "-f", "{{.State.ExitCode}}", SERVER)).isEqualTo("143");
    assertThat(ENGINE.docker("logs", SERVER)).contains("Stopping; workloads go on.");
    ENGINE.docker("start", SERVER);
    TestServer.await(
        WITHIN, () -> "ready: " + ENGINE.docker("logs", SERVER), () -> status("/readyz") == 200);
    assertThat(ENGINE.docker("exec", SERVER, "tutti", "deployment", "ls", "-q"))
        .isEqualTo("dots-so~composed~1");
  }

  /** Both variants say the same but for where the image comes from. */
  @Test
  @Order(6)
  void variantThatBuildsDiffersByItsBuildAlone() throws IOException {
    String published = compose("-f", "compose.yaml", "config");
    String built = compose("-f", "compose.yaml", "-f", "compose.build.yaml", "config");
    assertThat(Stream.of(built.split("\n", -1)).filter(line -> !published.contains(line)))
        .hasSize(4)
        .allMatch(line -> line.matches("\\s+(build|context|dockerfile|target):.*"));
  }
}
