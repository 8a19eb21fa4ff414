package dev.tutti.cli;

import dev.tutti.api.ClientFailure;
import dev.tutti.api.ProblemView;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a person what went wrong in a line or two, and a script in the exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final String START_OR_NAME =
      "Is `tutti server` running? Start it, or name another one with --server or TUTTI_SERVER.";
  private static final String CERTIFICATE =
      "Name who vouches for its certificate with --ca-file or TUTTI_CA_FILE, and the server as the"
          + " certificate does.";
  private static final String TOKEN =
      "Give the server's token in TUTTI_TOKEN, or its data folder with --data.";

  private final Surroundings around;

  Failures(Surroundings around) {
    this.around = around;
  }

  @Override
  public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
    if (around.debugging()) {
      thrown.printStackTrace(around.err());
    }
    return switch (thrown) {
      case CommandFailure failure -> {
        tell(failure.getMessage(), failure.suggestion());
        yield failure.exitStatus();
      }
      case ClientFailure failure -> handle(failure);
      case InterruptedException _ -> {
        Thread.currentThread().interrupt();
        tell("interrupted", null);
        yield ExitStatus.FAILED;
      }
      default -> {
        tell(
            "this should not have happened: " + thrown,
            "TUTTI_DEBUG=1 shows where; please report it.");
        yield ExitStatus.FAILED;
      }
    };
  }

  private int handle(ClientFailure failure) {
    return switch (failure) {
      case ClientFailure.NotReachable unreachable -> {
        tell(
            unreachable.getMessage(),
            unreachable.getCause() instanceof SSLException ? CERTIFICATE : START_OR_NAME);
        yield ExitStatus.NO_SERVER;
      }
      case ClientFailure.NotAuthorised refused -> {
        tell(refused.problem(), TOKEN);
        yield ExitStatus.NO_SERVER;
      }
      case ClientFailure.NotFound missing -> {
        tell(missing.problem(), null);
        yield ExitStatus.NOT_FOUND;
      }
      case ClientFailure.Refused refused -> {
        tell(refused.problem(), null);
        yield ExitStatus.FAILED;
      }
      case ClientFailure.NotUnderstood strange -> {
        tell(strange.getMessage(), "Is --server the address of a Tutti server of this version?");
        yield ExitStatus.FAILED;
      }
    };
  }

  private void tell(ProblemView problem, @Nullable String otherwise) {
    String suggestion = problem.suggestion();
    tell(problem.detail(), suggestion == null || suggestion.isBlank() ? otherwise : suggestion);
  }

  private void tell(@Nullable String what, @Nullable String suggestion) {
    around.err().println("tutti: " + Printable.line(String.valueOf(what)));
    if (suggestion != null) {
      around.err().println(Printable.line(suggestion));
    }
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    if (around.debugging()) {
      wrong.printStackTrace(around.err());
    }
    tell(wrong.getMessage(), null);
    if (!UnmatchedArgumentException.printSuggestions(wrong, around.err())) {
      around.err().println("See `" + command.getCommandSpec().qualifiedName(" ") + " --help`.");
    }
    return ExitStatus.USAGE;
  }
}
