package dev.tutti.cli;

import picocli.CommandLine.Option;

/** The option of the commands that change something. */
public final class ChangeOption {
  @Option(
      names = {"-q", "--quiet"},
      description = "Print only the name of what was changed.")
  boolean quiet;

  /** What to print about a change. */
  public String sentence(String name, String outcome) {
    return Printable.line(quiet ? name : name + " " + outcome);
  }
}
