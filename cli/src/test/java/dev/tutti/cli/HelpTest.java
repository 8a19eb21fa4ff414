package dev.tutti.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.cli.Tutti.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

final class HelpTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "simulation",
        "simulation plan",
        "simulation start",
        "simulation queue",
        "simulation ls",
        "simulation get",
        "simulation watch",
        "simulation explain",
        "simulation pause",
        "simulation resume",
        "simulation cancel",
        "simulation priority",
        "simulation rerun",
        "simulation logs",
        "simulation results",
        "simulation sweep",
        "simulation sweep plan",
        "simulation sweep start",
        "simulation sweep ls",
        "simulation sweep get",
        "simulation sweep cancel",
        "simulation sweep results",
        "model",
        "model ls",
        "model get",
        "model logs",
        "model watch",
        "model stop",
        "deployment",
        "deployment ls",
        "deployment get",
        "deployment stop",
        "workload",
        "workload ls",
        "workload get",
        "workload logs",
        "workload explain",
        "workload stop",
        "workload exec",
        "workload cp",
        "workload usage",
        "workload orphans",
        "workload orphans adopt",
        "workload orphans remove",
        "model explain",
        "deployment explain",
        "deployment retry",
        "deployment skip",
        "owner",
        "owner ls",
        "owner retry",
        "owner skip",
        "user",
        "user add",
        "user ls",
        "user rm",
        "user password",
        "token",
        "token add",
        "token ls",
        "token rm",
        "sign-in",
        "doctor",
        "image",
        "image add",
        "image ls",
        "image get",
        "image rm",
        "event",
        "event ls",
        "event follow",
        "sdk",
        "sdk new",
        "backup",
        "profile",
        "profile add",
        "profile ls",
        "profile use",
        "profile rm",
        "completion",
        "version"
      })
  void everyCommandHasHelpWithExamples(String command) {
    Outcome outcome = new Tutti().run((command + " --help").strip().split(" "));

    assertThat(outcome.status()).isEqualTo(0);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("Examples:");
    Golden.check("help/" + ("tutti " + command).strip().replace(' ', '-') + ".txt", outcome.out());
  }

  @Test
  void helpHasNoColoursWhereNobodyLooks() {
    assertThat(new Tutti().run("--help").out()).doesNotContain("\033");
    assertThat(new Tutti().terminal(80).run("--help").out()).contains("\033");
  }

  @Test
  void otherModulesContributeCommands() {
    Outcome outcome = new Tutti().run(List.of(Word.alone("server", Server::new)), "server");

    assertThat(outcome.status()).isEqualTo(0);
    assertThat(new Tutti().run(List.of(Word.alone("server", Server::new)), "--help").out())
        .contains("server")
        .contains("Starts a server.");
  }

  @Test
  void contributedCommandFailsWithoutAStackTrace() {
    Outcome outcome = new Tutti().run(List.of(Word.alone("server", Server::new)), "server", "fail");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("no port is free")
        .contains("TUTTI_DEBUG=1")
        .doesNotContain("\tat ");
  }

  @Test
  void stackTraceIsThereForWhoAsksForIt() {
    Outcome outcome =
        new Tutti()
            .with("TUTTI_DEBUG", "1")
            .run(List.of(Word.alone("server", Server::new)), "server", "fail");

    assertThat(outcome.err()).contains("\tat ");
  }

  @Test
  void ownVersionIsThereWithoutAServer() {
    Outcome outcome = new Tutti().run("--version");

    assertThat(outcome.status()).isEqualTo(0);
    assertThat(outcome.out()).startsWith("tutti ").contains("Java 25");
  }

  /** A command as the app contributes it. */
  @Command(name = "server", description = "Starts a server.")
  static final class Server implements Runnable {
    @Override
    public void run() {}

    @Command(name = "fail")
    void fail() {
      throw new IllegalStateException("no port is free");
    }
  }
}
