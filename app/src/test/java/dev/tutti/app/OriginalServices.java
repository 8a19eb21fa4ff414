package dev.tutti.app;

import dev.tutti.core.backplane.Image;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The images of the services that the timelines are played with. */
final class OriginalServices {

  static final List<String> SCENARIOS =
      List.of("mock_service1", "mock_service2", "econnection", "pvinstallation", "energy_system");
  static final List<String> ALSO_OURS = List.of("mock_service1", "pvinstallation");

  private static final Path PYTHON = Path.of("src/test/python").toAbsolutePath();

  private OriginalServices() {}

  /** The reference of a service as the original generator makes it. */
  static String generated(String scenario) {
    return scenario + ":generated";
  }

  /** The reference of the same service, made with our SDK. */
  static String ours(String scenario) {
    return scenario + ":ours";
  }

  static void register(App app) {
    for (String scenario : SCENARIOS) {
      app.images()
          .add(
              image(
                  generated(scenario),
                  "python3",
                  "-B",
                  "-u",
                  PYTHON.resolve("generated_service.py").toString(),
                  PYTHON.resolve("scenarios").resolve(scenario + ".json").toString()));
    }
    for (String scenario : ALSO_OURS) {
      app.images()
          .add(
              image(
                  ours(scenario),
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-Xmx64m",
                  "--sun-misc-unsafe-memory-access=allow",
                  "-cp",
                  System.getProperty("java.class.path"),
                  ServicesOfOurs.class.getName(),
                  scenario));
    }
  }

  private static Image image(String reference, String... command) {
    return new Image(reference, List.of(command), "", Map.of());
  }
}
