package dev.tutti.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine;

/**
 * The tree of commands, in which a noun gets its verbs once its name occurs among the arguments: to
 * describe all verbs to picocli would take a quarter of the time of a short command.
 */
final class CommandTree extends CommandLine {
  private final Consumer<CommandLine> settings;
  private final Map<String, List<Object>> verbsToCome = new LinkedHashMap<>();

  /**
   * A tree without nouns.
   *
   * @param settings gives a command what annotations cannot say
   */
  CommandTree(Object root, Consumer<CommandLine> settings) {
    super(root);
    this.settings = settings;
    settings.accept(this);
  }

  /** A verb that has verbs of its own. */
  interface WithVerbs {
    List<Object> verbs();
  }

  /** Adds a command that is complete. */
  void command(Object command) {
    add(this, command);
  }

  /** Adds a command to which its verbs are added later. */
  void noun(Object command, List<Object> verbs) {
    verbsToCome.put(add(this, command).getCommandName(), verbs);
  }

  @Override
  public ParseResult parseArgs(String... arguments) {
    for (String argument : arguments) {
      CommandLine noun = getSubcommands().get(argument);
      List<Object> verbs = verbsToCome.remove(argument);
      if (noun != null && verbs != null) {
        verbs.forEach(verb -> add(noun, verb));
      }
    }
    return super.parseArgs(arguments);
  }

  private CommandLine add(CommandLine parent, Object command) {
    CommandLine added = new CommandLine(command);
    parent.addSubcommand(added);
    settings.accept(added);
    if (command instanceof WithVerbs more) {
      more.verbs().forEach(verb -> add(added, verb));
    }
    return added;
  }
}
