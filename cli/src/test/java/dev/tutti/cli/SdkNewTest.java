package dev.tutti.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.cli.Tutti.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SdkNewTest {
  private static final String CONFIG =
      """
      default_context:
        service_name: pv_service
        version: "1.0"
        calculations:
          pv_yield:
            receives:
              weather_service:
                sun:
                  irradiance: List[float]
                  class: int
                step:
                  day: str
            sends:
              pv_power:
                power: float
                time_seconds: float
              pv_state:
                is_on: bool
                details: dict
          report:
            receives:
              weather_service:
                step:
                  day: str
            sends: {}
      """;

  @TempDir private Path folder = Path.of("");
  private Path config = Path.of("");
  private Path project = Path.of("");

  @BeforeEach
  void writeConfig() throws IOException {
    config = Files.writeString(folder.resolve("config.yaml"), CONFIG);
    project = folder.resolve("pv");
  }

  @Test
  void projectBuildsAndItsCheckRuns() throws IOException {
    Outcome outcome = sdkNew("--esdl-type", "PVInstallation", "--sdk", sdkJars().toString());

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).contains("built and checked: 2 steps without a broker");
    assertThat(project.resolve("config.yaml")).hasContent(CONFIG);
    assertThat(project.resolve("src/main/java/services/pvservice/PvService.java"))
        .content()
        .contains("Service.named(\"pv_service\")")
        .contains("Input<StepData> STEP");
    assertThat(project.resolve("src/main/java/services/pvservice/Sun.java"))
        .content()
        .contains("record Sun(int class_, List<Double> irradiance)");
    assertThat(Stream.of("pom.xml", "Dockerfile", "README.md").map(project::resolve))
        .allSatisfy(file -> assertThat(file).content().doesNotContain("{{").contains("pv"));
  }

  @Test
  void calculationThatIsThereIsNeverOverwritten() throws IOException {
    assertThat(sdkNew("--no-build").status()).isZero();
    Path mine = project.resolve("src/main/java/services/pvservice/PvYieldCalculation.java");
    Files.writeString(mine, "// mine");

    Outcome again = sdkNew("--no-build");

    assertThat(again.out())
        .contains("kept as it was: src/main/java/services/pvservice/PvYieldCalculation.java");
    assertThat(mine).hasContent("// mine");
  }

  @Test
  void calculationThatDoesNotCompileIsToldWithItsLine() throws IOException {
    assertThat(sdkNew("--no-build").status()).isZero();
    Files.writeString(
        project.resolve("src/main/java/services/pvservice/PvYieldCalculation.java"),
        "class Broken {");

    Outcome outcome = sdkNew("--sdk", sdkJars().toString());

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("PvYieldCalculation.java:1")
        .contains("your calculations are kept");
  }

  @Test
  void wrongConfigurationWritesNothing() throws IOException {
    Files.writeString(config, CONFIG.replace("pv_service", "Pv"));

    Outcome outcome = sdkNew();

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).contains("has 1 problem").contains("Write 'pv'");
    assertThat(project).doesNotExist();
  }

  @Test
  void missingConfigurationIsNamed() throws IOException {
    Files.delete(config);

    assertThat(sdkNew().status()).isEqualTo(3);
  }

  private Outcome sdkNew(String... options) {
    String[] arguments =
        Stream.concat(
                Stream.of("sdk", "new", project.toString(), "--config", config.toString()),
                Stream.of(options))
            .toArray(String[]::new);
    return new Tutti().run(arguments);
  }

  /** What the distribution has beside its own jars; a reactor may know modules as folders only. */
  private Path sdkJars() throws IOException {
    Path jars = Files.createDirectories(folder.resolve("sdk"));
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        if (Files.isDirectory(path.resolve("dev/tutti/sdk"))
            || Files.isDirectory(path.resolve("dev/tutti/dots"))) {
          zip(path, Files.createTempFile(jars, "module", ".jar"));
        }
      } else if (List.of("tutti-sdk", "tutti-dots", "protobuf-java", "jackson-core").stream()
          .anyMatch(name -> path.getFileName().toString().startsWith(name))) {
        Files.copy(
            path, jars.resolve(path.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return jars;
  }

  private static void zip(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream zipped = new JarOutputStream(file);
        Stream<Path> files = Files.walk(classes)) {
      for (Path one : files.filter(Files::isRegularFile).toList()) {
        zipped.putNextEntry(new JarEntry(classes.relativize(one).toString()));
        Files.copy(one, zipped);
      }
    }
  }
}
