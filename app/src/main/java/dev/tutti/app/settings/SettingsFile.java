package dev.tutti.app.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Settings in a file of YAML, each with the line it is in. */
public final class SettingsFile implements Source {

  /** The name of the file that is read where it lies in the data folder. */
  public static final String NAME = "tutti.yaml";

  private static final long MOST_BYTES = 1 << 20;

  private final String name;
  private final Map<String, SettingsReader.Value> values;

  private SettingsFile(String name, Map<String, SettingsReader.Value> values) {
    this.name = name;
    this.values = values;
  }

  /** No file. */
  public static SettingsFile none() {
    return new SettingsFile("", Map.of());
  }

  /** Reads a file, and tells all that is wrong in it. */
  public static SettingsFile read(
      Path file, List<? extends Setting<?>> declared, Consumer<Wrong> wrong) {
    String name = file.toString();
    Map<String, SettingsReader.Value> values = new HashMap<>();
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException("it has more than 1 MiB");
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      values.putAll(new SettingsReader(name, declared, wrong).read(text));
    } catch (NoSuchFileException missing) {
      wrong.accept(
          new Wrong("", "there is no file " + name, "Name one that exists, or leave it out."));
    } catch (IOException unreadable) {
      wrong.accept(
          new Wrong(
              "",
              "%s cannot be read: %s".formatted(name, unreadable),
              "Make it a readable file in UTF-8."));
    }
    return new SettingsFile(name, Map.copyOf(values));
  }

  @Override
  public Optional<Written> find(Setting<?> setting, Consumer<Wrong> wrong) {
    SettingsReader.Value value = values.get(setting.key());
    if (value == null || (value.text().isBlank() && setting.kind().blankIsAbsent())) {
      return Optional.empty();
    }
    String origin = name + ":" + value.line();
    return value.file()
        ? SecretFile.read(value.text(), origin, setting.key() + ".file", origin, wrong)
        : Optional.of(new Written(value.text(), origin, setting.key()));
  }

  /** Whether one of these settings is written there that is secret. */
  public boolean holdsSecrets(List<? extends Setting<?>> declared) {
    return declared.stream()
        .filter(Setting::secret)
        .map(setting -> values.get(setting.key()))
        .anyMatch(value -> value != null && !value.file());
  }

  /** Its path as it was named; empty when there is no file. */
  public String name() {
    return name;
  }
}
