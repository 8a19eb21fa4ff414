package dev.tutti.backplane.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.backplane.testkit.Busybox;
import dev.tutti.backplane.testkit.PrivateEngine;
import dev.tutti.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of Java programs without a registry, on a real engine. */
final class DockerImagesTest {

  private final PrivateEngine engine = PrivateEngine.shared();
  @TempDir private Path jars;

  @Test
  void imageOfJarsIsBuiltRunsAsNobodySpecialAndIsRemovedWithTheJavaBelowIt() throws Exception {
    jar("program.jar");
    JavaImage program =
        new JavaImage(
            "tutti-test/java:1",
            jars,
            List.of("-XX:TieredStopAtLevel=1", "-XshowSettings:properties"),
            "no.such.Program",
            Map.of("GREETING", "it's \"so\" $HOME \\ x"));
    try (DockerImages images = images()) {
      DockerImage built = images.build(program);
      assertThat(built.ours()).isTrue();
      assertThat(built.user()).isEqualTo(LocalJava.USER);
      assertThat(built.command()).startsWith(LocalJava.COMMAND).endsWith("no.such.Program");
      assertThat(built.environment()).containsEntry("GREETING", "it's \"so\" $HOME \\ x");
      assertThat(images.list()).extracting(DockerImage::reference).contains(built.reference());
      // The program is not there, so Java has started and says so.
      assertThat(
              engine
                  .tryDocker("run", "--rm", "--network=none", built.reference())
                  .orElseGet(() ->
                      engine.docker(
                          "run",
                          "--rm",
                          "--network=none",
                          "--entrypoint=" + LocalJava.COMMAND,
                          built.reference(),
                          "-version")))
          .contains("Runtime Environment");

      assertThat(images.build(program).id()).isEqualTo(built.id());
      jar("another.jar");
      assertThat(images.build(program).id()).isNotEqualTo(built.id());

      images.remove(built.reference());
      images.remove(built.reference());
    }
    assertThat(engine.docker("images", "-aq", "--filter", "label=dev.tutti.image")).isEmpty();
  }

  @Test
  void imageOfSomebodyElseIsNeitherReplacedNorRemoved() throws IOException {
    jar("program.jar");
    JavaImage program = new JavaImage(Busybox.IMAGE, jars, List.of(), "Main", Map.of());
    try (DockerImages images = images()) {
      String id = images.find(Busybox.IMAGE).orElseThrow().id();
      assertThatExceptionOfType(Failure.Rejected.class)
          .isThrownBy(() -> images.build(program))
          .withMessageContaining("not built by Tutti");
      assertThatExceptionOfType(Failure.Rejected.class)
          .isThrownBy(() -> images.remove(Busybox.IMAGE));
      assertThat(images.find(Busybox.IMAGE).orElseThrow().id()).isEqualTo(id);
      assertThat(images.find("tutti-test/nobody:1")).isEmpty();
    }
  }

  private DockerImages images() {
    return new DockerImages(DockerSettings.local("images").onHost(engine.host()));
  }

  private void jar(String name) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(jars.resolve(name)))) {
      jar.putNextEntry(new JarEntry(name + ".txt"));
      jar.closeEntry();
    }
  }
}
