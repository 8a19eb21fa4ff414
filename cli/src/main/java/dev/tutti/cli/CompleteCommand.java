package dev.tutti.cli;

import dev.tutti.api.ClientFailure;
import dev.tutti.api.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tutti complete}: what the words typed so far may go on with; shells ask it. */
@Command(
    name = "complete",
    hidden = true,
    description = "Prints what may stand in the place of the last of these words, one a line.")
final class CompleteCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final TuttiCommand tutti;
  private final CommandLine tree;

  @Parameters(paramLabel = "WORD", description = "What was typed after tutti, after --.")
  private List<String> words = List.of();

  CompleteCommand(TuttiCommand tutti, CommandLine tree) {
    this.tutti = tutti;
    this.tree = tree;
  }

  @Override
  public Integer call() {
    Completion completion = new Completion(tree, words);
    candidates(completion).stream()
        .filter(candidate -> candidate.startsWith(completion.current()))
        .map(Printable::line)
        .forEach(tutti.surroundings().out()::println);
    tutti.surroundings().out().flush();
    return ExitStatus.OK;
  }

  private List<String> candidates(Completion completion) {
    List<String> known = completion.words();
    if (!known.isEmpty()) {
      return known;
    }
    try {
      Timeouts brief = new Timeouts(PATIENCE, PATIENCE, PATIENCE);
      return new ObjectNames(tutti, () -> tutti.client(completion.connection(), brief))
          .of(completion.wanted(), completion.prefix());
    } catch (ClientFailure | CommandFailure absent) {
      // A shell that completes is no place for messages.
      return List.of();
    }
  }
}
