package dev.tutti.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The tree of commands, of which only the branch grows that the arguments name. Where they name
 * none, as with {@code --help} or a mistake, all of it does.
 */
final class CommandTree extends CommandLine {
  /** The arguments that ask for nothing but the version, which needs no branch at all. */
  private static final List<String> VERSION = List.of("-V", "--version");

  private final TuttiCommand root;
  private final Consumer<CommandLine> settings;
  private final Map<String, Word> toCome = new LinkedHashMap<>();
  private final List<Word> verbsOfOthers = new ArrayList<>();
  private String whole = "";

  /**
   * A tree without branches.
   *
   * @param settings gives a command what annotations cannot say
   */
  CommandTree(TuttiCommand root, Consumer<CommandLine> settings) {
    super(root);
    this.root = root;
    this.settings = settings;
    settings.accept(this);
  }

  /** Adds a word for the time when it is named. */
  void word(Word word) {
    if (word.noun().isEmpty()) {
      toCome.put(word.name(), word);
    } else {
      verbsOfOthers.add(word);
    }
  }

  /** Adds a word whose command has to see all others. */
  void wordThatSeesAll(Word word) {
    word(word);
    whole = word.name();
  }

  @Override
  public ParseResult parseArgs(String... arguments) {
    List<String> words = words(arguments);
    Word named =
        words.isEmpty() || words.getFirst().equals(whole) ? null : toCome.get(words.getFirst());
    if (named != null) {
      toCome.remove(named.name());
      grow(named, words.subList(1, words.size()));
    } else if (!VERSION.contains(String.join(" ", arguments))) {
      List<Word> all = List.copyOf(toCome.values());
      toCome.clear();
      List<String> mentioned = Arrays.asList(arguments);
      all.forEach(word -> add(word, mentioned.contains(word.name())));
    }
    return super.parseArgs(arguments);
  }

  /** The arguments without options of the root and their values. */
  private List<String> words(String... arguments) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      if (!arguments[i].startsWith("-")) {
        words.add(arguments[i]);
      } else if (words.isEmpty()) {
        OptionSpec option = getCommandSpec().findOption(arguments[i]);
        i += option == null ? 0 : option.arity().min();
      }
    }
    return words;
  }

  private void grow(Word word, List<String> rest) {
    Object command = word.command().get();
    CommandLine added = add(this, command);
    List<Object> verbs = verbs(word, command);
    List<Object> meant =
        rest.isEmpty()
            ? List.of()
            : verbs.stream().filter(verb -> isNamed(verb, rest.getFirst())).toList();
    (meant.isEmpty() ? verbs : meant).forEach(verb -> addWhole(added, verb));
  }

  private void add(Word word, boolean withVerbs) {
    Object command = word.command().get();
    CommandLine added = add(this, command);
    if (withVerbs) {
      verbs(word, command).forEach(verb -> addWhole(added, verb));
    }
  }

  private List<Object> verbs(Word word, Object command) {
    List<Object> verbs = new ArrayList<>();
    if (command instanceof Noun noun) {
      verbs.addAll(noun.verbs(root));
    }
    verbsOfOthers.stream()
        .filter(other -> other.noun().equals(word.name()))
        .forEach(other -> verbs.add(other.command().get()));
    return verbs;
  }

  private static boolean isNamed(Object verb, String name) {
    Command description = verb.getClass().getAnnotation(Command.class);
    return description != null
        && (description.name().equals(name) || Arrays.asList(description.aliases()).contains(name));
  }

  private void addWhole(CommandLine parent, Object command) {
    CommandLine added = add(parent, command);
    if (command instanceof Noun noun) {
      noun.verbs(root).forEach(verb -> addWhole(added, verb));
    }
  }

  private CommandLine add(CommandLine parent, Object command) {
    CommandLine added = new CommandLine(command);
    parent.addSubcommand(added);
    settings.accept(added);
    return added;
  }
}
