package dev.tutti.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Models as processes of this machine, which a file lets end. */
final class CrashingProcesses implements CrashPlace {

  private static final String SCRIPT =
      """
      ready() {
        mosquitto_pub -h "$MQTT_HOST" -p "$MQTT_PORT" -u "$MQTT_USERNAME" -P "$MQTT_PASSWORD" -q 1 \\
          -t "/lifecycle/model/mso/$SIMULATION_ID/$MODEL_ID/ReadyForProcessing" -n 2>/dev/null
      }
      while [ ! -e "$GO" ] || [ "$ENDS" != yes ]; do ready; sleep 0.2; done
      exit 2
      """;

  private final Path folder;

  CrashingProcesses() throws IOException {
    folder = Files.createTempDirectory("tutti-crash");
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public void prepare(ServerProcess server) throws Exception {
    server.put(
        "/api/v1/images/" + TestServer.encoded(Models.TINY),
        TestServer.JSON.writeValueAsString(Map.of("command", List.of("/bin/sh", "-c", SCRIPT))));
  }

  @Override
  public String go(String simulation) {
    return folder.resolve("go-" + simulation).toString();
  }

  @Override
  public void letEnd(String simulation) throws IOException {
    Files.createFile(Path.of(go(simulation)));
  }

  @Override
  public void disturb() {
    // The kernel stays.
  }

  @Override
  public boolean losesExitCodes() {
    return false;
  }

  @Override
  public boolean isEmpty(ServerProcess server) throws IOException {
    try (Stream<Path> left = Files.list(server.data().resolve("workloads"))) {
      return left.findAny().isEmpty() && server.workloads().isEmpty();
    }
  }

  @Override
  public void clear(ServerProcess server) {
    server
        .workloads()
        .forEach(left -> ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly));
  }
}
