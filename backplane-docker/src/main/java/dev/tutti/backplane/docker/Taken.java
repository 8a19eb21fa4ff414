package dev.tutti.backplane.docker;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.backplane.ObjectName;

/** A name is in use for something else. */
final class Taken {

  private Taken() {}

  static Failure.Rejected by(String what, ObjectName name) {
    return new Failure.Rejected(
        Problem.of(
                what + "-exists",
                409,
                "There is a %s '%s' already, and it is not as it should be.".formatted(what, name))
            .suggesting("Choose another name, or remove that one first."));
  }
}
