package dev.tutti.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.cli.FakeServer.Asked;
import dev.tutti.cli.FakeServer.Reply;
import dev.tutti.cli.Tutti.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProfileTest {
  private static final String MODELS = "GET /models?limit=1000";

  private final FakeServer lab = new FakeServer();
  private final FakeServer other = new FakeServer();

  @TempDir Path home;

  @BeforeEach
  void answer() {
    lab.on(MODELS, Reply.recorded("models.json"));
    other.on(MODELS, Reply.recorded("models.json"));
  }

  @AfterEach
  void stop() {
    lab.close();
    other.close();
  }

  @Test
  void aProfileNamesAServerAndWhatLetsIn() throws IOException {
    Outcome added = add("lab", lab, "lab token");
    add("other", other, "other token");

    assertThat(added.status()).as(added.err()).isEqualTo(0);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(tutti().run("model", "ls", "--profile", "lab").status()).isEqualTo(0);
    assertThat(tutti().run("--profile", "other", "model", "ls").status()).isEqualTo(0);
    assertThat(tutti().with("TUTTI_PROFILE", "other").run("model", "ls").status()).isEqualTo(0);
    assertThat(tutti().run("profile", "use", "lab").out()).contains(lab.address());
    assertThat(tutti().run("model", "ls").status()).isEqualTo(0);

    assertThat(lab.asked())
        .extracting(Asked::authorization)
        .containsExactly("Bearer lab token", "Bearer lab token");
    assertThat(other.asked())
        .extracting(Asked::authorization)
        .containsExactly("Bearer other token", "Bearer other token");
  }

  @Test
  void theTokenOfAProfileGoesToNoOtherServer() {
    add("lab", lab, "lab token");
    tutti().run("profile", "use", "lab");

    tutti().run("model", "ls", "--server", other.address());
    tutti().with("TUTTI_SERVER", other.address()).run("model", "ls");
    Outcome both = tutti().run("model", "ls", "--profile", "lab", "--server", other.address());

    assertThat(other.asked()).extracting(Asked::authorization).containsExactly(null, null);
    assertThat(both.status()).isEqualTo(2);
    assertThat(both.err()).contains("Leave one of them out");
  }

  @Test
  void theTokenOfThisMachineDoesNotGoToTheServerOfAProfile() throws IOException {
    Path data = home.resolve(".local/state/tutti");
    Files.createDirectories(data);
    Files.writeString(data.resolve("token"), "of this machine");
    tutti().run("profile", "add", "lab", "--server", lab.address());
    tutti().run("profile", "add", "near", "--server", other.address(), "--data", data.toString());

    tutti().run("model", "ls", "--profile", "lab");
    tutti().with("TUTTI_PROFILE", "lab").run("model", "ls");
    tutti().run("model", "ls", "--profile", "near");

    assertThat(lab.asked()).extracting(Asked::authorization).containsExactly(null, null);
    assertThat(other.asked())
        .extracting(Asked::authorization)
        .containsExactly("Bearer of this machine");
  }

  @Test
  void profilesAreListedWithoutTokensAndForgotten() {
    add("lab", lab, "lab token");
    add("other", other, "other token");
    tutti().run("profile", "use", "other");

    Outcome list = tutti().run("profile", "ls");
    assertThat(list.out()).doesNotContain("lab token").contains("lab", lab.address(), "kept");
    assertThat(list.out().lines().filter(line -> line.startsWith("*")))
        .singleElement()
        .asString()
        .contains("other");
    assertThat(tutti().run("profile", "rm", "other").status()).isEqualTo(0);
    assertThat(tutti().run("profile", "ls", "-q").out()).isEqualTo("lab\n");
    assertThat(tutti().run("profile", "use", "other").status()).isEqualTo(3);
    assertThat(tutti().run("model", "ls", "--profile", "gone").status()).isEqualTo(3);
    assertThat(tutti().run("profile", "add", "a b", "--server", lab.address()).status())
        .isEqualTo(2);
    assertThat(tutti().run("profile", "add", "ab", "--server", "somewhere").status()).isEqualTo(2);
    assertThat(tutti().run("profile", "use", "none").status()).isEqualTo(0);
  }

  @Test
  void aFileThatOthersMayReadIsRefused() throws IOException {
    add("lab", lab, "lab token");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

    Outcome outcome = tutti().run("profile", "ls");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).contains("may be read by others than you", "chmod 600");
  }

  private Outcome add(String name, FakeServer server, String token) {
    return tutti()
        .typing(token + "\n")
        .run("profile", "add", name, "--server", server.address(), "--token-file", "-");
  }

  private Path file() {
    return home.resolve(".config/tutti/profiles.json");
  }

  private Tutti tutti() {
    return new Tutti().home(home);
  }
}
