package dev.tutti.cli;

import picocli.CommandLine.Option;

/** What somebody may do. */
final class RoleOption {
  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description =
          "viewer: looks at everything. operator: also starts and ends what runs. admin: also says"
              + " who may do what and which programs may run, and takes backups.")
  String role = "";
}
