package dev.tutti.app;

import dev.tutti.backplane.testkit.PrivateEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Models as containers of a real engine, which a signal lets end. */
final class CrashingContainers implements CrashPlace {

  private static final String SCRIPT =
      """
      ready() {
        mosquitto_pub -h "$MQTT_HOST" -p "$MQTT_PORT" -u "$MQTT_USERNAME" -P "$MQTT_PASSWORD" -q 1 \\
          -t "/lifecycle/model/mso/$SIMULATION_ID/$MODEL_ID/ReadyForProcessing" -n 2>/dev/null
      }
      trap 'go=yes' USR1
      while [ "$go" != yes ] || [ "$ENDS" != yes ]; do ready; sleep 0.2; done
      exit 2
      """;

  private final PrivateEngine engine;
  private final boolean engineFails;
  private final Path folder;

  /**
   * On an engine that has the image {@link Models#TINY}.
   *
   * @param engineFails whether the engine is killed, too
   */
  CrashingContainers(PrivateEngine engine, boolean engineFails) throws IOException {
    this.engine = engine;
    this.engineFails = engineFails;
    this.folder = Files.createTempDirectory("tutti-crash");
  }

  /** Makes the image of the models. */
  static void makeImage(PrivateEngine engine, Path work) throws IOException {
    LocalImages local = new LocalImages(engine, work);
    local.mosquitto();
    local.program(Models.TINY, LocalImages.MOSQUITTO, SCRIPT);
  }

  static void removeImage(PrivateEngine engine) {
    engine.docker("rmi", Models.TINY, LocalImages.MOSQUITTO);
    engine.docker("image", "prune", "-f");
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("TUTTI_BACKPLANE", "docker", "DOCKER_HOST", engine.host());
  }

  @Override
  public void prepare(ServerProcess server) {
    // The engine has the image.
  }

  @Override
  public String go(String simulation) {
    return "by USR1";
  }

  @Override
  public void letEnd(String simulation) {
    String owner = "label=tutti.owner=deployment:dots-so~" + simulation;
    for (String container : lines("ps", "-q", "--filter", owner)) {
      // One of them may have ended when an earlier life of the server asked it to.
      engine.tryDocker("kill", "-s", "USR1", container);
    }
  }

  @Override
  public void disturb() {
    if (engineFails) {
      engine.kill();
      engine.start();
    }
  }

  /** With an engine that is killed with its containerd, 255 was seen for what ended meanwhile. */
  @Override
  public boolean losesExitCodes() {
    return engineFails;
  }

  @Override
  public boolean isEmpty(ServerProcess server) throws IOException {
    return lines("ps", "-aq", "--filter", ours()).isEmpty();
  }

  private String ours() throws IOException {
    return "label=dev.tutti.instance="
        + Files.readString(folder.resolve("data/docker-mark")).strip();
  }

  @Override
  public void clear(ServerProcess server) {
    try {
      lines("ps", "-aq", "--filter", ours()).forEach(id -> engine.tryDocker("rm", "-f", id));
      lines("network", "ls", "-q", "--filter", ours())
          .forEach(id -> engine.tryDocker("network", "rm", id));
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private List<String> lines(String... arguments) {
    return engine.docker(arguments).lines().filter(line -> !line.isBlank()).toList();
  }
}
