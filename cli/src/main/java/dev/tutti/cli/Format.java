package dev.tutti.cli;

/** How a command that reads writes its answer. */
enum Format {
  TABLE,
  WIDE,
  JSON,
  YAML
}
