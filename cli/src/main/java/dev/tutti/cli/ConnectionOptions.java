package dev.tutti.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server to talk to; given before or after the names of the command. */
final class ConnectionOptions {
  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "Server to talk to. Default: $TUTTI_SERVER, or a profile's, or http://127.0.0.1:7070.")
  @Nullable String server;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "Profile of the server to talk to. Default: $TUTTI_PROFILE, or the one in use; see `tutti"
              + " profile`.")
  @Nullable String profile;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description =
          "Certificates in PEM of the authorities that may vouch for an https:// server. Default:"
              + " $TUTTI_CA_FILE, or those that this Java trusts.")
  @Nullable Path caFile;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Data folder of the server, whose file 'token' lets you in; $TUTTI_TOKEN goes first."
              + " Default: $TUTTI_DATA, or $XDG_STATE_HOME/tutti, or ~/.local/state/tutti.")
  @Nullable Path data;
}
