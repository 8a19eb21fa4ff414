package dev.tutti.cli;

import dev.tutti.api.IdentityClient;
import dev.tutti.api.Resource;
import dev.tutti.api.TuttiClient;
import dev.tutti.api.UserRequest;
import dev.tutti.api.UserView;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tutti user}: the people who may sign in. */
@Command(
    name = "user",
    description = {
      "Says who may sign in, and what each may do. For admins.",
      "Passwords are asked for, or read from standard input; they are never arguments."
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {"  tutti user add anna --role operator", "  tutti user ls"})
final class UserCommand implements Noun {
  @Mixin final HelpOption help = new HelpOption();

  @Override
  public List<Object> verbs(TuttiCommand tutti) {
    return List.of(new Add(tutti), new Ls(tutti), new Password(tutti), new Rm(tutti));
  }

  /** {@code tutti user add}. */
  @Command(
      name = "add",
      description = "Lets a person sign in. The password has 10 characters or more.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti user add anna --role operator",
        "  tutti user add anna --role viewer < password.txt"
      })
  static final class Add extends ClientCommand {
    @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits, '.', '_', '-'.")
    private String name = "";

    @Mixin private final RoleOption role = new RoleOption();

    Add(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      String password = around().password(name, true);
      var user =
          new IdentityClient(client, json()).addUser(new UserRequest(name, role.role, password));
      print(Printable.line("%s may sign in as %s".formatted(user.name(), user.role())));
      return ExitStatus.OK;
    }
  }

  /** {@code tutti user ls}. */
  @Command(
      name = "ls",
      description = "Lists those who may sign in.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti user ls", "  tutti user ls -o json"})
  static final class Ls extends ListCommand<UserView> {
    Ls(TuttiCommand tutti) {
      super(tutti, Resource.USERS, InsightViews::users);
    }
  }

  /** {@code tutti user password}. */
  @Command(
      name = "password",
      description = {
        "Sets a password; who is signed in with the old one is not any more.",
        "Without a name, that of who is signed in: it asks for the old one, and this sign-in goes on."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti user password anna           as an admin",
        "  tutti user password                one's own, signed in with `tutti sign-in`"
      })
  static final class Password extends ClientCommand {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "As `tutti user ls` shows it.")
    private String name = "";

    Password(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      IdentityClient identity = new IdentityClient(client, json());
      if (name.isEmpty()) {
        String old = around().password("yours, the old one", false);
        identity.setOwnPassword(old, around().password("yours, the new one", true));
        print("you have a new password");
      } else {
        identity.setPassword(name, around().password(name, true));
        print(Printable.line(name + " has a new password"));
      }
      return ExitStatus.OK;
    }
  }

  /** {@code tutti user rm}. */
  @Command(
      name = "rm",
      description = "Removes a user, who is signed out at once.",
      footerHeading = "%nExamples:%n",
      footer = "  tutti user rm anna")
  static final class Rm extends ClientCommand {
    @Parameters(paramLabel = "NAME", description = "As `tutti user ls` shows it.")
    private String name = "";

    Rm(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      client.delete(Resource.USERS, name);
      print(Printable.line(name + " may not sign in any more"));
      return ExitStatus.OK;
    }
  }
}
