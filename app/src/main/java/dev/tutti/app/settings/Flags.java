package dev.tutti.app.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Settings on the command line: some have a flag of their own, all can be given by key. */
public final class Flags implements Source {

  private final Map<String, String> byFlag = new LinkedHashMap<>();
  private final Map<String, String> byKey;

  /**
   * These settings.
   *
   * @param byKey what {@code --set KEY=VALUE} gave
   */
  public Flags(Map<String, String> byKey) {
    this.byKey = Map.copyOf(byKey);
  }

  public static Flags none() {
    return new Flags(Map.of());
  }

  /** With the value of a flag, if one was given. */
  public Flags with(String flag, Optional<?> value) {
    value.ifPresent(given -> byFlag.put(flag, given.toString()));
    return this;
  }

  /** Tells of keys that nothing is declared for. */
  public void check(List<? extends Setting<?>> declared, Consumer<Wrong> wrong) {
    List<String> keys = declared.stream().map(Setting::key).toList();
    for (String key : byKey.keySet()) {
      if (!keys.contains(key)) {
        wrong.accept(new Wrong("", "--set: " + Unknown.sentence(key, declared), Unknown.advice()));
      }
    }
  }

  @Override
  public Optional<Written> find(Setting<?> setting, Consumer<Wrong> wrong) {
    String given = byKey.get(setting.key());
    if (given != null) {
      if (setting.secret()) {
        wrong.accept(
            new Wrong(
                "",
                "--set shows %s to everybody on this machine".formatted(setting.key()),
                "Give it as %s or %s.".formatted(setting.variable(), setting.fileVariable())));
        return Optional.empty();
      }
      return Optional.of(new Written(given, "flag --set", setting.key()));
    }
    return setting
        .flag()
        .flatMap(flag ->
            Optional.ofNullable(byFlag.get(flag))
                .map(text -> new Written(text, "flag " + flag, flag)));
  }
}
