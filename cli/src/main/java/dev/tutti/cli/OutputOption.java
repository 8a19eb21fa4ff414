package dev.tutti.cli;

import picocli.CommandLine.Option;

/** The option of every command that reads. */
final class OutputOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description =
          "table, for people; wide, with more columns and nothing cut; json, as the API gives it; or"
              + " yaml. Default: table.")
  Format format = Format.TABLE;

  /** Whether a program is to read it. */
  boolean structured() {
    return format == Format.JSON || format == Format.YAML;
  }

  boolean wide() {
    return format == Format.WIDE;
  }

  /** One object on lines of its own. */
  String text(JacksonJson json, Tree tree) {
    return format == Format.YAML ? YamlText.of(tree).stripTrailing() : json.pretty(tree);
  }

  /** One of many that follow one another: a line of JSON, or a document of YAML. */
  String item(JacksonJson json, Tree tree) {
    return format == Format.YAML ? "---\n" + text(json, tree) : json.line(tree);
  }
}
