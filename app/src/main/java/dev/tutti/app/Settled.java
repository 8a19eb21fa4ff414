package dev.tutti.app;

import dev.tutti.app.settings.Flags;
import dev.tutti.app.settings.Setting;
import dev.tutti.app.settings.SettingsFile;
import dev.tutti.app.settings.Source;
import dev.tutti.app.settings.Values;
import dev.tutti.app.settings.Wrong;
import dev.tutti.core.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The settings of a server, read from everywhere: flags over the environment over a {@code .env}
 * file over a file of YAML over the defaults.
 *
 * @param data the folder for everything durable
 * @param file the file of YAML that was read, if any
 * @param wrong all that keeps a server from starting with them
 * @param doubts what may be a mistake, and does not
 */
record Settled(
    Values values, Path data, Optional<String> file, List<Wrong> wrong, List<Wrong> doubts) {

  static final String CONFIG = "TUTTI_CONFIG";

  /** Variables of ours that are no settings of the server. */
  private static final List<String> OTHERS =
      List.of(
          CONFIG,
          "TUTTI_SERVER",
          "TUTTI_TOKEN",
          "TUTTI_PROFILE",
          "TUTTI_CA_FILE",
          "TUTTI_DEBUG",
          "TUTTI_JAVA_OPTS");

  /**
   * Reads all of them.
   *
   * @param config the file that a flag names; without it {@code TUTTI_CONFIG} does, or it is the
   *     one in the data folder, when there is one
   */
  static Settled read(Flags flags, Optional<Path> config, Environment environment) {
    return read(ServerSettings.ALL, flags, config, environment);
  }

  /** The same with other settings than those of the program alone. */
  static Settled read(
      List<Setting<?>> known, Flags flags, Optional<Path> config, Environment environment) {
    List<Wrong> wrong = new ArrayList<>();
    flags.check(known, wrong::add);
    List<Source> sources = new ArrayList<>(List.of(flags));
    sources.addAll(environment.sources());
    SettingsFile file = file(known, config, sources, environment, wrong::add);
    sources.add(file);
    Values values = Values.resolve(known, sources, wrong::add);
    ApiAccess.check(values, wrong::add);
    SimulationSurface.check(values, wrong::add);
    return new Settled(
        values,
        dataFolder(values, environment),
        Optional.of(file.name()).filter(name -> !name.isEmpty()),
        List.copyOf(wrong),
        doubts(known, file, environment));
  }

  private static SettingsFile file(
      List<Setting<?>> known,
      Optional<Path> config,
      List<Source> sources,
      Environment environment,
      Consumer<Wrong> wrong) {
    Optional<Path> named =
        config.or(() -> environment.find(CONFIG).filter(path -> !path.isBlank()).map(Path::of));
    if (named.isPresent()) {
      return SettingsFile.read(named.get(), known, wrong);
    }
    // What is wrong with the folder is told when it is read for good.
    Values above = Values.resolve(List.of(ServerSettings.DATA), sources, _ -> {});
    Path found = dataFolder(above, environment).resolve(SettingsFile.NAME);
    if (!Files.isRegularFile(found)) {
      return SettingsFile.none();
    }
    SettingsFile file = SettingsFile.read(found, known, wrong);
    file.find(ServerSettings.DATA, _ -> {})
        .ifPresent(data ->
            wrong.accept(
                new Wrong(
                    data.origin(),
                    "data cannot be set in the file that was found in the data folder",
                    "Remove this line, or name the file with --config or " + CONFIG + ".")));
    return file;
  }

  private static Path dataFolder(Values values, Environment environment) {
    return values
        .find(ServerSettings.DATA)
        .orElseGet(() -> Configuration.usualDataFolder(environment))
        .toAbsolutePath();
  }

  private static List<Wrong> doubts(
      List<Setting<?>> settings, SettingsFile file, Environment environment) {
    List<Wrong> doubts = new ArrayList<>(misspelt(settings, environment));
    if (file.holdsSecrets(settings) && othersMayRead(Path.of(file.name()))) {
      doubts.add(
          new Wrong(
              "",
              file.name() + " holds secrets, and everybody on this machine may read it",
              "chmod o-r it, or name files of their own with 'file:'."));
    }
    return List.copyOf(doubts);
  }

  private static boolean othersMayRead(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }

  /** Others may have variables that begin like ours, so only a near miss is worth a word. */
  private static List<Wrong> misspelt(List<Setting<?>> settings, Environment environment) {
    List<String> known = new ArrayList<>(OTHERS);
    for (Setting<?> setting : settings) {
      known.add(setting.variable());
      known.add(setting.variable() + "_FILE");
    }
    List<Wrong> doubts = new ArrayList<>();
    for (String name : environment.names()) {
      if (name.startsWith("TUTTI_") && !known.contains(name)) {
        NearestName.to(name, known)
            .ifPresent(meant ->
                doubts.add(
                    new Wrong(
                        "",
                        "the variable %s is no setting; did you mean %s?".formatted(name, meant),
                        "Correct or remove it.")));
      }
    }
    return doubts;
  }

  /** From where they come, for people. */
  String sources() {
    return file.map(name -> name + ", the environment and defaults")
        .orElse("the environment and defaults, without a file");
  }
}
