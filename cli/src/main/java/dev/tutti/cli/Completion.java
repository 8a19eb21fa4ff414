package dev.tutti.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where in the tree of commands somebody is who has typed some words. */
final class Completion {
  private final ConnectionOptions connection = new ConnectionOptions();
  private final String current;
  private final CommandSpec spec;
  private final @Nullable OptionSpec valueOf;
  private final int positionals;

  /**
   * Goes down the tree.
   *
   * @param words the last one is under way, and may be empty
   */
  Completion(CommandLine tree, List<String> words) {
    this.current = words.isEmpty() ? "" : words.getLast();
    CommandSpec at = tree.getCommandSpec();
    OptionSpec open = null;
    int seen = 0;
    for (String word : words.subList(0, Math.max(0, words.size() - 1))) {
      CommandLine next = at.subcommands().get(word);
      if (open != null) {
        remember(open, word);
        open = null;
      } else if (word.startsWith("-")) {
        open = opened(at, word);
      } else if (next != null && seen == 0) {
        at = next.getCommandSpec();
      } else {
        seen++;
      }
    }
    this.spec = at;
    this.valueOf = open != null ? open : assigned(at);
    this.positionals = seen;
  }

  private @Nullable OptionSpec opened(CommandSpec at, String word) {
    int equals = word.indexOf('=');
    OptionSpec option = at.findOption(equals < 0 ? word : word.substring(0, equals));
    if (option == null || option.arity().max() == 0) {
      return null;
    }
    if (equals >= 0) {
      remember(option, word.substring(equals + 1));
      return null;
    }
    return option;
  }

  /** {@code --option=} of which the value is under way. */
  private @Nullable OptionSpec assigned(CommandSpec at) {
    int equals = current.indexOf('=');
    return current.startsWith("--") && equals > 0
        ? at.findOption(current.substring(0, equals))
        : null;
  }

  /** Which server to ask is among the words. */
  private void remember(OptionSpec option, String value) {
    switch (option.longestName()) {
      case "--server" -> connection.server = value;
      case "--profile" -> connection.profile = value;
      case "--data" -> connection.data = Path.of(value);
      default -> {
        // It says nothing about the connection.
      }
    }
  }

  /** What stands before the value in the word that is under way. */
  String prefix() {
    return valueOf != null && current.startsWith("--")
        ? current.substring(0, current.indexOf('=') + 1)
        : "";
  }

  String current() {
    return current;
  }

  ConnectionOptions connection() {
    return connection;
  }

  /** Those that the tree itself knows. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    if (valueOf != null) {
      constants(valueOf, words);
    } else if (current.startsWith("-")) {
      spec.options().stream()
          .filter(option -> !option.hidden())
          .map(OptionSpec::longestName)
          .forEach(words::add);
    } else if (positionals == 0) {
      for (Map.Entry<String, CommandLine> verb : spec.subcommands().entrySet()) {
        boolean hidden = verb.getValue().getCommandSpec().usageMessage().hidden();
        if (!hidden && verb.getKey().equals(verb.getValue().getCommandName())) {
          words.add(verb.getKey());
        }
      }
    }
    if (words.isEmpty() && valueOf == null && positionals < spec.positionalParameters().size()) {
      constants(spec.positionalParameters().get(positionals), words);
    }
    return words;
  }

  private void constants(ArgSpec argument, List<String> words) {
    Class<?> type = argument.type();
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        words.add(prefix() + constant.toString().toLowerCase(Locale.ROOT));
      }
    }
  }

  /** What kind of name is wanted: the label of the option or parameter, and the noun above. */
  String wanted() {
    if (valueOf != null) {
      return valueOf.longestName();
    }
    if (positionals >= spec.positionalParameters().size()) {
      return "";
    }
    CommandSpec noun = spec.parent();
    String label = spec.positionalParameters().get(positionals).paramLabel();
    return label.equals("ID") && noun != null ? noun.name() : label;
  }
}
