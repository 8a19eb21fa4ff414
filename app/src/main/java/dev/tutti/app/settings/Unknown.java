package dev.tutti.app.settings;

import dev.tutti.core.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to say about a key that nothing is declared for. */
final class Unknown {

  private Unknown() {}

  static String sentence(String key, List<? extends Setting<?>> declared) {
    return key
        + " is no setting"
        + meant(key, declared).map(name -> "; did you mean " + name + "?").orElse("");
  }

  static String advice() {
    return "`tutti config schema` and docs/configuration.md have all keys.";
  }

  /** By its spelling, by its last word alone, or by its name in the environment. */
  private static Optional<String> meant(String key, List<? extends Setting<?>> declared) {
    for (Setting<?> setting : declared) {
      if (setting.variable().equalsIgnoreCase(key)) {
        return Optional.of(setting.key());
      }
    }
    List<String> names = new ArrayList<>();
    for (Setting<?> setting : declared) {
      names.add(setting.key());
      names.add(section(setting.key()));
    }
    names.removeIf(String::isEmpty);
    return NearestName.to(key, names)
        .or(() -> {
          List<String> sameEnd =
              declared.stream().map(Setting::key).filter(k -> k.endsWith("." + last(key))).toList();
          return sameEnd.size() == 1 ? Optional.of(sameEnd.getFirst()) : Optional.empty();
        });
  }

  private static String section(String key) {
    return key.contains(".") ? key.substring(0, key.lastIndexOf('.')) : "";
  }

  private static String last(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
