package dev.tutti.cli;

import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every list. */
public final class ListOptions {
  /** What the API calls the name of an object, the likeliest first. */
  private static final List<String> NAMES = List.of("id", "reference", "owner", "name");

  @Mixin final OutputOption output = new OutputOption();

  @Option(
      names = {"-q", "--quiet"},
      description = "Names only, one a line, for other commands.")
  boolean quiet;

  @Option(
      names = {"-w", "--watch"},
      description =
          "Go on until Ctrl-C: on a terminal the list is drawn again, elsewhere what is new or changed"
              + " is added.")
  boolean watch;

  /** The name that other commands take. */
  static String name(Tree item) {
    return NAMES.stream()
        .map(item::optionalText)
        .filter(name -> name != null)
        .findFirst()
        .orElse("");
  }
}
