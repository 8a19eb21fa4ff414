package dev.tutti.backplane.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.dockerjava.api.model.AuthConfig;
import dev.tutti.backplane.testkit.PrivateEngine;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of a registry that wants to know who asks, pulled by a real engine. */
final class PulledImagesTest {

  private static final int BYTES = 3 << 20;

  private final PrivateEngine engine = PrivateEngine.shared();
  private final PrivateRegistry registry;
  @TempDir private Path folder;

  PulledImagesTest() throws IOException {
    registry = new PrivateRegistry(BYTES);
  }

  @AfterEach
  void clear() {
    engine.tryDocker("rmi", registry.image());
    registry.close();
  }

  @Test
  void imageIsPulledWithTheCredentialsThatDockerLoginLeftAndItsProgressIsTold() throws IOException {
    config("{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}".formatted(registry.host(), account()));
    List<Double> told = new ArrayList<>();
    pull(told);
    assertThat(engine.docker("inspect", "-f", "{{.Config.Cmd}}", registry.image()))
        .isEqualTo("[/file]");
    assertThat(told).isNotEmpty().allMatch(part -> part >= 0 && part <= 1).endsWith(1.0);
  }

  @Test
  void whoIsNotSignedInIsToldToAndTheModelEndsAsWithAnUnknownImage() {
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> pull(new ArrayList<>()))
        .withMessageContaining("docker login " + registry.host())
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(ExitCodes.IMAGE_UNKNOWN));
  }

  @Test
  void helperOfTheRegistryIsAskedBeforeTheStoreAndTheFile() throws IOException {
    helper("own", "{\"ServerURL\": \"x\", \"Username\": \"me\", \"Secret\": \"mine\"}");
    helper("store", "{\"ServerURL\": \"x\", \"Username\": \"<token>\", \"Secret\": \"bearer\"}");
    config(
        """
        {"credsStore": "store", "credHelpers": {"here.example:5000": "own", "gone.example": "absent"},
         "auths": {"https://index.docker.io/v1/": {"auth": "%s"}, "silent.example": {"auth": "%s"}}}\
        """
            .formatted(account(), account()));
    AuthConfig own = credentials().of("here.example:5000/pv:1").orElseThrow();
    assertThat(own.getUsername()).isEqualTo("me");
    assertThat(own.getPassword()).isEqualTo("mine");
    assertThat(Files.readString(folder.resolve("own.asked"))).isEqualTo("here.example:5000");

    AuthConfig hub = credentials().of("acme/pv:1").orElseThrow();
    assertThat(hub.getIdentitytoken()).isEqualTo("bearer");
    assertThat(Files.readString(folder.resolve("store.asked")))
        .isEqualTo("https://index.docker.io/v1/");
    // A helper that is not there is warned of; most images need none.
    assertThat(credentials().of("gone.example/pv:1")).isEmpty();
  }

  @Test
  void whatAHelperDoesNotHaveIsLookedForInTheFile() throws IOException {
    Path script = folder.resolve("helper-store");
    Files.writeString(script, "#!/bin/sh\necho credentials not found in native keychain\nexit 1\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    config(
        "{\"credsStore\": \"store\", \"auths\": {\"https://silent.example/v1/\": {\"auth\": \"%s\"}}}"
            .formatted(account()));
    AuthConfig found = credentials().of("silent.example/pv:1").orElseThrow();
    assertThat(found.getUsername()).isEqualTo(PrivateRegistry.USER);
    assertThat(found.getPassword()).isEqualTo(PrivateRegistry.PASSWORD);
    assertThat(credentials().of("pv:1")).isEqualTo(Optional.empty());
  }

  @Test
  void registryOfANameIsTheOneThatEnginesRead() {
    assertThat(List.of("pv:1", "acme/pv", "docker.io/pv", "ghcr.io/a/b:1", "localhost/a", "h:5/a"))
        .extracting(RegistryCredentials::registry)
        .containsExactly("docker.io", "docker.io", "docker.io", "ghcr.io", "localhost", "h:5");
  }

  private void pull(List<Double> told) {
    DockerSettings settings =
        DockerSettings.local("pulls").onHost(engine.host()).withRegistries(folder);
    try (Engine connection = new Engine(settings)) {
      new PulledImages(connection, Duration.ofSeconds(60)).require(registry.image(), told::add);
    }
  }

  private RegistryCredentials credentials() {
    return new RegistryCredentials(folder, folder.resolve("helper-").toString());
  }

  private static String account() {
    return Base64.getEncoder()
        .encodeToString((PrivateRegistry.USER + ":" + PrivateRegistry.PASSWORD).getBytes(UTF_8));
  }

  private void config(String text) throws IOException {
    Files.writeString(folder.resolve("config.json"), text);
  }

  private void helper(String name, String answer) throws IOException {
    Path script = folder.resolve("helper-" + name);
    Files.writeString(
        script,
        "#!/bin/sh\ncat >%s\n[ \"$1\" = get ] && echo '%s'\n"
            .formatted(folder.resolve(name + ".asked"), answer));
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }
}
