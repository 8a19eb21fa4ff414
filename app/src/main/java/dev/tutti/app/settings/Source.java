package dev.tutti.app.settings;

import java.util.Optional;
import java.util.function.Consumer;

/** A place where settings are written. */
public interface Source {

  /**
   * What is written there for a setting.
   *
   * @param wrong is told what keeps it from being read
   */
  Optional<Written> find(Setting<?> setting, Consumer<Wrong> wrong);
}
