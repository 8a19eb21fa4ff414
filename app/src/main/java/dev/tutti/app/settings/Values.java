package dev.tutti.app.settings;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What each setting is, and where that was written. */
public final class Values {

  private final Map<String, Given<?>> given;
  private final Set<String> written;

  private record Given<T>(Setting<T> setting, T value, Written written) {

    String shown() {
      return setting.kind().write().apply(value);
    }
  }

  private Values(Map<String, Given<?>> given, Set<String> written) {
    this.given = Map.copyOf(given);
    this.written = Set.copyOf(written);
  }

  /**
   * Looks for each setting in each source, and checks what it finds.
   *
   * @param sources the weightiest first
   * @param wrong is told of every value that cannot be; the default then holds
   */
  public static Values resolve(
      List<? extends Setting<?>> declared, List<Source> sources, Consumer<Wrong> wrong) {
    Map<String, Given<?>> given = new HashMap<>();
    Set<String> written = new HashSet<>();
    for (Setting<?> setting : declared) {
      for (Source source : sources) {
        Optional<Written> found = source.find(setting, wrong);
        if (found.isPresent()) {
          written.add(setting.key());
          read(setting, found.get(), wrong).ifPresent(value -> given.put(setting.key(), value));
          break;
        }
      }
    }
    return new Values(given, written);
  }

  private static <T> Optional<Given<T>> read(
      Setting<T> setting, Written written, Consumer<Wrong> wrong) {
    Optional<T> value = parse(setting, written.text());
    if (value.isEmpty()) {
      wrong.accept(refused(setting, written));
    }
    return value.map(known -> new Given<>(setting, known, written));
  }

  private static <T> Optional<T> parse(Setting<T> setting, String text) {
    return setting.kind().parse().apply(setting.kind().blankIsAbsent() ? text.strip() : text);
  }

  private static Wrong refused(Setting<?> setting, Written written) {
    String shown = setting.secret() ? "not shown" : "'" + written.text().strip() + "'";
    boolean inFile = written.name().equals(setting.key()) && written.origin().contains(":");
    return new Wrong(
        inFile ? written.origin() : "",
        "%s is %s, but must be %s".formatted(written.name(), shown, setting.kind().form()),
        inFile ? "Correct this line." : "Correct it in the %s.".formatted(written.origin()));
  }

  /** What was set, or the default. */
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(() -> new NoSuchElementException(setting.key() + " has no default"));
  }

  /** What was set, or the default; empty when there is neither. */
  public <T> Optional<T> find(Setting<T> setting) {
    Given<?> known = given.get(setting.key());
    if (known == null) {
      return setting.fallback().value().get();
    }
    // What is under a key was read as this setting's kind.
    @SuppressWarnings("unchecked")
    T value = (T) known.value();
    return Optional.of(value);
  }

  /** Whether somebody set it, if only to something that cannot be. */
  public boolean isSet(Setting<?> setting) {
    return written.contains(setting.key());
  }

  /** Where it was written: "default", or what {@link Written#origin()} says. */
  public String origin(Setting<?> setting) {
    Given<?> known = given.get(setting.key());
    if (known == null) {
      return "default";
    }
    Written written = known.written();
    return written.origin().contains(":") || written.origin().startsWith("flag ")
        ? written.origin()
        : written.origin() + " " + written.name();
  }

  /** As one would write it; empty when there is neither a value nor a default. */
  public <T> Optional<String> text(Setting<T> setting) {
    Given<?> known = given.get(setting.key());
    return known == null
        ? setting.fallback().value().get().map(setting.kind().write())
        : Optional.of(known.shown());
  }

  /** Without the values, among which are secrets. */
  @Override
  public String toString() {
    return given.keySet().toString();
  }
}
