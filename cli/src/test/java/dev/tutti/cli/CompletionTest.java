package dev.tutti.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.cli.FakeServer.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompletionTest {
  private final FakeServer server = new FakeServer();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void nounsVerbsAndOptionsAreCompleted() {
    assertThat(complete("")).contains("model", "simulation", "profile").doesNotContain("complete");
    assertThat(complete("mod")).containsExactly("model");
    assertThat(complete("model", "")).contains("ls", "get", "stop");
    assertThat(complete("model", "ls", "--s")).contains("--server", "--state");
    assertThat(complete("model", "ls", "--output", "")).contains("table", "wide", "json", "yaml");
    assertThat(complete("model", "ls", "--output=y")).containsExactly("--output=yaml");
    assertThat(complete("completion", "")).containsExactly("bash", "zsh");
    assertThat(complete("backup", "")).as("a file").isEmpty();
  }

  @Test
  void namesOfObjectsComeFromTheServer() {
    server
        .on("GET /models?limit=1000", Reply.recorded("models.json"))
        .on("GET /deployments?limit=1000", Reply.recorded("deployments.json"));

    assertThat(complete("model", "get", "sim02-abc/"))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("sim02-abc/"));
    assertThat(complete("model", "ls", "--deployment=dots"))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("--deployment=dots-so~"));
    assertThat(complete("image", "rm", "")).as("the server has no answer").isEmpty();
  }

  @Test
  void bashCompletesWhatIsTyped() throws Exception {
    server
        .on("GET /models?limit=1000", Reply.recorded("models.json"))
        .on(
            "GET /images?limit=1000",
            Reply.json(
                "{\"items\":[{\"reference\":\"pv:1.0\",\"command\":[\"a\"],\"workingDirectory\":\"\","
                    + "\"environment\":{}}],\"next\":null}"));
    String said =
        bash(
            """
            source <(tutti completion bash)
            try() {
              COMP_LINE=$1 COMP_POINT=${#1}
              _tutti
              printf '%s=' "$1"
              printf '[%s]' "${COMPREPLY[@]}"
              echo
            }
            try 'tutti simul'
            try 'tutti model get sim02-abc/1'
            try 'tutti image rm pv:'
            complete -p tutti
            """);

    assertThat(said)
        .contains("tutti simul=[simulation]\n")
        .contains("tutti model get sim02-abc/1=[sim02-abc/1-model]\n")
        .contains("tutti image rm pv:=[1.0]\n")
        .contains("-F _tutti tutti");
  }

  private String bash(String script) throws IOException, InterruptedException {
    Path program = folder.resolve("tutti");
    Files.writeString(
        program,
        "#!/bin/bash\nexec '%s/bin/java' -XX:TieredStopAtLevel=1 -cp '%s' '%s' \"$@\"\n"
            .formatted(
                System.getProperty("java.home"),
                System.getProperty("java.class.path"),
                Started.class.getName()));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Path file = Files.writeString(folder.resolve("script"), script);
    Path said = folder.resolve("said");
    ProcessBuilder bash =
        new ProcessBuilder("bash", "--norc", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    bash.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    bash.environment().put("TUTTI_SERVER", server.address());
    bash.environment().put("TUTTI_TOKEN", "secret");
    Process process = bash.start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("bash has ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(said, StandardCharsets.UTF_8);
  }

  private List<String> complete(String... words) {
    String[] arguments = new String[words.length + 2];
    arguments[0] = "complete";
    arguments[1] = "--";
    System.arraycopy(words, 0, arguments, 2, words.length);
    return Tutti.of(server).run(arguments).out().lines().toList();
  }

  /** The program as a process of its own. */
  static final class Started {
    private Started() {}

    public static void main(String[] arguments) {
      System.exit(TuttiCommand.tutti(List.of()).execute(arguments));
    }
  }
}
