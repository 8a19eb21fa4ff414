package dev.tutti.app.settings;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Settings in variables: those of the process, or those of a {@code .env} file. */
public final class Variables implements Source {

  private final String origin;
  private final Map<String, String> variables;

  /**
   * These variables.
   *
   * @param origin what they are called, such as "environment"
   */
  public Variables(String origin, Map<String, String> variables) {
    this.origin = origin;
    this.variables = Map.copyOf(variables);
  }

  @Override
  public Optional<Written> find(Setting<?> setting, Consumer<Wrong> wrong) {
    String name = setting.variable();
    Optional<Written> value =
        set(name, setting.kind().blankIsAbsent()).map(text -> new Written(text, origin, name));
    if (!setting.secret()) {
      return value;
    }
    Optional<String> file = set(setting.fileVariable(), true);
    if (file.isPresent() && value.filter(written -> !written.text().isEmpty()).isPresent()) {
      wrong.accept(
          new Wrong(
              "",
              "%s and %s are both set".formatted(name, setting.fileVariable()),
              "Remove one of them from the %s.".formatted(origin)));
      return value;
    }
    return file.isEmpty()
        ? value
        : SecretFile.read(file.get(), origin, setting.fileVariable(), "", wrong);
  }

  private Optional<String> set(String name, boolean blankIsAbsent) {
    return Optional.ofNullable(variables.get(name))
        .filter(text -> !(blankIsAbsent && text.isBlank()));
  }

  /** Without the values, among which may be secrets. */
  @Override
  public String toString() {
    return origin;
  }
}
