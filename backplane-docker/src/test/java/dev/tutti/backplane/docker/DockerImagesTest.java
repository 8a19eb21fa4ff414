package dev.tutti.backplane.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.backplane.testkit.Busybox;
import dev.tutti.backplane.testkit.PrivateEngine;
import dev.tutti.core.Failure;
import dev.tutti.core.backplane.ImageFacts;
import dev.tutti.core.backplane.Port;
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
      DockerImage image = images.build(program);
      assertThat(image.ours()).isTrue();
      ImageFacts built = image.facts();
      assertThat(built.user()).isEqualTo(LocalJava.USER);
      assertThat(built.command()).startsWith(LocalJava.COMMAND).endsWith("no.such.Program");
      assertThat(built.environment()).containsEntry("GREETING", "it's \"so\" $HOME \\ x");
      assertThat(images.list())
          .extracting(known -> known.facts().reference())
          .contains(built.reference());
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

      assertThat(images.build(program).facts().id()).isEqualTo(built.id());
      jar("another.jar");
      assertThat(images.build(program).facts().id()).isNotEqualTo(built.id());

      images.remove(built.reference());
      images.remove(built.reference());
    }
    assertThat(engine.docker("images", "-aq", "--filter", "label=dev.tutti.image")).isEmpty();
  }

  @Test
  void whatAnImageSaysOfItselfIsShown() throws IOException {
    Path build = Files.createDirectories(jars.resolve("build"));
    Files.writeString(
        build.resolve("Dockerfile"),
        """
        FROM %s
        ENV LEVEL=debug
        LABEL service.settings='[{"name": "ports", "value": 8080}]' empty=
        EXPOSE 9090/udp 8080
        USER 1000:1000
        WORKDIR /tmp
        ENTRYPOINT ["echo", "-n"]
        CMD ["hello", "world"]
        """
            .formatted(Busybox.IMAGE));
    String name = "tutti-test/described:1";
    engine.docker("build", "-q", "-t", name, build.toString());
    try (DockerImages images = images()) {
      ImageFacts facts = images.find(name).orElseThrow().facts();
      assertThat(facts.entryPoint()).containsExactly("echo", "-n");
      assertThat(facts.arguments()).containsExactly("hello", "world");
      assertThat(facts.environment()).containsEntry("LEVEL", "debug");
      assertThat(facts.labels())
          .containsEntry("service.settings", "[{\"name\": \"ports\", \"value\": 8080}]")
          .containsEntry("empty", "");
      assertThat(facts.ports()).containsExactly(Port.tcp(8080), new Port(9090, Port.Protocol.UDP));
      assertThat(facts.user()).isEqualTo("1000:1000");
      assertThat(facts.folder()).isEqualTo("/tmp");
      assertThat(facts.bytes()).isPositive();
      assertThat(facts.id()).startsWith("sha256:");
      assertThat(facts.digest()).as("it came from no registry").isEmpty();
    } finally {
      engine.docker("rmi", name);
    }
  }

  @Test
  void imageOfSomebodyElseIsNeitherReplacedNorRemoved() throws IOException {
    jar("program.jar");
    JavaImage program = new JavaImage(Busybox.IMAGE, jars, List.of(), "Main", Map.of());
    try (DockerImages images = images()) {
      String id = images.find(Busybox.IMAGE).orElseThrow().facts().id();
      assertThatExceptionOfType(Failure.Rejected.class)
          .isThrownBy(() -> images.build(program))
          .withMessageContaining("not built by Tutti");
      assertThatExceptionOfType(Failure.Rejected.class)
          .isThrownBy(() -> images.remove(Busybox.IMAGE));
      assertThat(images.find(Busybox.IMAGE).orElseThrow().facts().id()).isEqualTo(id);
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
