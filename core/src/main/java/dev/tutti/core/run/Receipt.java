package dev.tutti.core.run;

import java.util.Optional;

/** Hears what became of a message: exactly one of the two, once, after the commit. */
public interface Receipt {

  /** The decision is durable. */
  void decided(Optional<Object> reply);

  /** Nothing was written, and the message will not be tried again. */
  void refused(RuntimeException why);
}
