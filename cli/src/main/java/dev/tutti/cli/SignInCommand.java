package dev.tutti.cli;

import dev.tutti.api.IdentityClient;
import dev.tutti.api.NewTokenView;
import dev.tutti.api.SignInRequest;
import dev.tutti.api.TuttiClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tutti sign-in}: a token for a person, for some hours. */
@Command(
    name = "sign-in",
    description = {
      "Gives you a token for your name and password, for twelve hours.",
      "The password is asked for, or read from standard input; it is never an argument."
    },
    footerHeading = "%nExamples:%n",
    footer = "  export TUTTI_TOKEN=$(tutti sign-in anna)")
final class SignInCommand extends ClientCommand {
  @Parameters(paramLabel = "NAME", description = "Your name, as an admin wrote it.")
  private String name = "";

  SignInCommand(TuttiCommand tutti) {
    super(tutti);
  }

  @Override
  protected int run(TuttiClient client) {
    String password = around().password(name, false);
    NewTokenView given =
        new IdentityClient(client, json()).signIn(new SignInRequest(name, password));
    print(Printable.line(given.token()));
    return ExitStatus.OK;
  }
}
