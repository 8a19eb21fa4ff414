package dev.tutti.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tutti completion}: what makes a shell complete commands, options and names. */
@Command(
    name = "completion",
    description = {
      "Prints what makes a shell complete commands, options, and names of objects: those are asked of",
      "the server, which has a second to answer."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(tutti completion bash)          for this shell; put it into ~/.bashrc for all",
      "  source <(tutti completion zsh)           the same in ~/.zshrc, after compinit"
    })
final class CompletionCommand implements Callable<Integer> {
  private final TuttiCommand tutti;

  /** The shells that are known. */
  enum Shell {
    BASH,
    ZSH
  }

  @Mixin final HelpOption help = new HelpOption();

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private Shell shell = Shell.BASH;

  CompletionCommand(TuttiCommand tutti) {
    this.tutti = tutti;
  }

  @Override
  public Integer call() {
    String name = shell == Shell.BASH ? "completion.bash" : "completion.zsh";
    try (InputStream script = CompletionCommand.class.getResourceAsStream(name)) {
      if (script == null) {
        throw new IllegalStateException(name + " is missing in this program");
      }
      tutti.surroundings().out().print(new String(script.readAllBytes(), StandardCharsets.UTF_8));
      tutti.surroundings().out().flush();
      return ExitStatus.OK;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
