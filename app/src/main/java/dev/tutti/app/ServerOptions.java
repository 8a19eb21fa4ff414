package dev.tutti.app;

import dev.tutti.app.settings.Flags;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that set something of the server; they go before all else. */
final class ServerOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "File of settings, in YAML. Default: $$TUTTI_CONFIG, or tutti.yaml in the data folder, if it"
              + " is there.")
  private @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder for everything durable. Default: $$TUTTI_DATA, or"
              + " $$XDG_STATE_HOME/tutti, or ~/.local/state/tutti.")
  private @Nullable Path data;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of the API; 0 for a free one. Default: $$TUTTI_API_PORT, or 7070.")
  private @Nullable Integer port;

  @Mixin private final BackplaneOption backplane = new BackplaneOption();

  @Option(
      names = "--simulator-name",
      paramLabel = "NAME",
      description =
          "Names that are served, separated by commas. Default: $$SIMULATOR_NAME, or dots-so.")
  private @Nullable String simulatorName;

  @Option(
      names = "--insecure-http",
      description =
          "Let the API speak HTTP beyond this machine, where tokens can be read on the way.")
  private boolean insecureHttp;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any setting by its key, such as log.level=DEBUG; may be repeated.")
  private Map<String, String> set = new LinkedHashMap<>();

  /** The settings of a server that is started here with these flags. */
  Settled read() {
    return Settled.read(flags(), Optional.ofNullable(config), Environment.ofProcess());
  }

  private Flags flags() {
    return new Flags(set)
        .with("--data", Optional.ofNullable(data))
        .with("--port", Optional.ofNullable(port))
        .with("--backplane", backplane.name())
        .with("--insecure-http", insecureHttp ? Optional.of(true) : Optional.empty())
        .with("--simulator-name", Optional.ofNullable(simulatorName));
  }
}
