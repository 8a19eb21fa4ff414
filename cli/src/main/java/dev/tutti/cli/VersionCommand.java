package dev.tutti.cli;

import dev.tutti.api.ClientFailure;
import dev.tutti.api.TuttiClient;
import dev.tutti.api.VersionView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tutti version}: what this program is, and what the server is. */
@Command(
    name = "version",
    description = "Shows the version of this program and of the server.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti version",
      "  tutti version -o json     the server's",
      "  tutti --version           this program's, without asking a server"
    })
final class VersionCommand extends ClientCommand {
  @Mixin private final OutputOption output = new OutputOption();

  VersionCommand(TuttiCommand tutti) {
    super(tutti);
  }

  @Override
  protected int run(TuttiClient client) {
    if (output.structured()) {
      print(output.text(json(), client.version(Tree.class)));
      return ExitStatus.OK;
    }
    print("tutti   " + BuiltVersion.text());
    try {
      VersionView server = client.version(VersionView.class);
      print(
          Printable.line(
              "server  %s (Java %s, %s) at %s"
                  .formatted(
                      server.version(), server.java(), server.backplane(), client.server())));
    } catch (ClientFailure.NotReachable _) {
      print("server  none at " + client.server());
    }
    return ExitStatus.OK;
  }
}
