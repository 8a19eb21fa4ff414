package dev.tutti.cli;

import picocli.CommandLine.Option;

/** The option of every command that reads. */
final class OutputOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table, for people, or json, as the API gives it. Default: table.")
  Format format = Format.TABLE;

  boolean json() {
    return format == Format.JSON;
  }
}
